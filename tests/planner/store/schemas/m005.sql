BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'roadbook','m001_accounts_plans_visits','2026-11-23 09:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'roadbook','m002_wishes_team_time_versions','2026-11-23 09:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'roadbook','m003_book_and_journal','2026-11-23 09:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'roadbook','m004_trips_visits_drives','2026-11-23 09:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'roadbook','m005_account_views','2026-11-23 09:00:00+00:00');
CREATE TABLE account_views (
    name TEXT NOT NULL, sample INTEGER NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (name, sample)
) WITHOUT ROWID
;
INSERT INTO "account_views" VALUES('Mine',0,'{"conditions": [["owner", "is", "Rep A"]], "columns": [], "sort": "name", "descending": false, "group": ""}');
CREATE TABLE "accounts" (
   "id" INTEGER PRIMARY KEY,
   "crm_id" TEXT NOT NULL,
   "name" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "street" TEXT,
   "city" TEXT,
   "state" TEXT,
   "postcode" TEXT,
   "owner" TEXT,
   "industry" TEXT,
   "phone" TEXT,
   "employees" INTEGER,
   "annual_revenue_cents" INTEGER,
   "rating" TEXT,
   "tier" TEXT,
   "hours" TEXT,
   "last_activity" TEXT,
   "lat" REAL,
   "lon" REAL,
   "match_quality" TEXT,
   "match_source" TEXT,
   "match_score" REAL,
   "match_note" TEXT,
   "match_doubtful" INTEGER,
   "duplicate_of" INTEGER REFERENCES "accounts"("id"),
   "sample" INTEGER
, "website" TEXT NOT NULL DEFAULT '', "tags" TEXT NOT NULL DEFAULT '', "notes" TEXT NOT NULL DEFAULT '', "custom" TEXT NOT NULL DEFAULT '{}', "origins" TEXT NOT NULL DEFAULT '{}', "do_not_visit" INTEGER NOT NULL DEFAULT 0, "do_not_call" INTEGER NOT NULL DEFAULT 0);
INSERT INTO "accounts" VALUES(1,'001','O''Hara & Söhne <b>','client','1 Main St','State College','PA','16801','Rep A','Retail','814-555-0100',12,12345678901,'Hot','A','Mo-Fr 08:00-17:00','2026-10-01',40.8,-77.8,'rooftop','pack',1.0,'',0,NULL,0,'','','','{}','{}',0,0);
INSERT INTO "accounts" VALUES(2,'002','Weis Markets','prospect','1 Main St','State College','PA','16801','Rep A','Retail','814-555-0100',12,12345678901,'Hot','A','Mo-Fr 08:00-17:00','2026-10-01',40.8,-77.8,'rooftop','pack',1.0,'',0,1,0,'','','','{}','{}',0,0);
CREATE TABLE activities (
    id INTEGER PRIMARY KEY,
    crm_id TEXT NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    kind TEXT NOT NULL, day TEXT NOT NULL, starts TEXT, minutes INTEGER, subject TEXT NOT NULL, owner TEXT NOT NULL,
    status TEXT NOT NULL, note TEXT NOT NULL
);
INSERT INTO "activities" VALUES(1,'00U',1,'event','2026-11-03','09:00',30,'Review','Rep A','done','');
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    crm_id TEXT NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    first_name TEXT NOT NULL, last_name TEXT NOT NULL, title TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,
    mobile TEXT NOT NULL, no_email INTEGER NOT NULL, no_call INTEGER NOT NULL
);
INSERT INTO "contacts" VALUES(1,'003',1,'Ada','O''Hara','Owner','ada@example.com','','',0,1);
CREATE TABLE costs (
    id INTEGER PRIMARY KEY, trip_id INTEGER NOT NULL REFERENCES trips(id) ON DELETE CASCADE, day TEXT NOT NULL, kind TEXT NOT NULL,
    cents INTEGER NOT NULL, note TEXT NOT NULL, receipt TEXT NOT NULL
);
INSERT INTO "costs" VALUES(1,1,'2026-11-30','hotel',12900,'Inn','1.pdf');
CREATE TABLE distinct_accounts (
    first INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    second INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    PRIMARY KEY (first, second)
) WITHOUT ROWID;
INSERT INTO "distinct_accounts" VALUES(1,2);
CREATE TABLE drives (
    id INTEGER PRIMARY KEY, day TEXT NOT NULL, start TEXT NOT NULL, destination TEXT NOT NULL, metres INTEGER NOT NULL,
    source TEXT NOT NULL, kind TEXT NOT NULL, purpose TEXT NOT NULL, account_id INTEGER REFERENCES accounts(id) ON DELETE SET NULL,
    confirmed INTEGER NOT NULL, odometer_start INTEGER, odometer_end INTEGER,
    trip_id INTEGER REFERENCES trips(id) ON DELETE SET NULL, note TEXT NOT NULL, sample INTEGER NOT NULL
);
INSERT INTO "drives" VALUES(1,'2026-11-30','Home','O''Hara',4300,'gpx','business','care',1,1,123456,123483,1,'',0);
CREATE TABLE "events" (
   "uid" TEXT,
   "start" TEXT,
   "end" TEXT,
   "timezone" TEXT,
   "title" TEXT,
   "location" TEXT,
   "rrule" TEXT,
   "exdates" TEXT,
   "all_day" INTEGER,
   "busy" INTEGER,
   "private" INTEGER,
   "cancelled" INTEGER,
   "lat" REAL,
   "lon" REAL,
   "sample" INTEGER, "rep" TEXT NOT NULL DEFAULT '',
   PRIMARY KEY ("uid", "start")
);
INSERT INTO "events" VALUES('staff','2026-11-30T13:30:00+00:00','2026-11-30T15:00:00+00:00','America/New_York','Staff','Office','','[]',0,1,0,0,NULL,NULL,0,'');
CREATE TABLE import_presets (name TEXT PRIMARY KEY, document TEXT NOT NULL);
INSERT INTO "import_presets" VALUES('Billing','{}');
CREATE TABLE journal_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry INTEGER NOT NULL, tab TEXT NOT NULL, operation TEXT NOT NULL, row_key TEXT NOT NULL, before TEXT, account_id INTEGER,
    real_0 REAL, real_1 REAL, real_2 REAL, real_3 REAL
);
INSERT INTO "journal_changes" VALUES(1,1,'accounts','update','[2]','{"id":2,"crm_id":"002","name":"Weis","kind":"prospect","street":"1 Main St","city":"State College","state":"PA","postcode":"16801","owner":"Rep A","industry":"Retail","phone":"814-555-0100","employees":12,"annual_revenue_cents":12345678901,"rating":"Hot","tier":"A","hours":"Mo-Fr 08:00-17:00","last_activity":"2026-10-01","match_quality":"rooftop","match_source":"pack","match_note":"","match_doubtful":0,"duplicate_of":1,"sample":0,"website":"","tags":"","notes":"","custom":"{}","origins":"{}","do_not_visit":0,"do_not_call":0}',2,40.8,-77.8,1.0,NULL);
CREATE TABLE journal_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, sample INTEGER NOT NULL, state TEXT NOT NULL, details TEXT NOT NULL
);
INSERT INTO "journal_entries" VALUES(1,'Rename Weis','2026-11-23T09:00:00+00:00','someone',0,'done','{}');
CREATE TABLE journal_now (entry INTEGER);
INSERT INTO "journal_now" VALUES(NULL);
CREATE TABLE kept_places (
    address TEXT PRIMARY KEY, lat REAL, lon REAL, quality TEXT NOT NULL, source TEXT NOT NULL, score REAL NOT NULL,
    text TEXT NOT NULL, note TEXT NOT NULL, doubtful INTEGER NOT NULL, day TEXT NOT NULL
);
INSERT INTO "kept_places" VALUES('1 main st',40.8,-77.8,'rooftop','pack',1.0,'1 Main St','',0,'2026-11-23');
CREATE TABLE locations (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    label TEXT NOT NULL, street TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL, postcode TEXT NOT NULL,
    hours TEXT NOT NULL, source TEXT NOT NULL, lat REAL, lon REAL, match_quality TEXT NOT NULL, match_source TEXT NOT NULL,
    match_score REAL NOT NULL, match_note TEXT NOT NULL, match_doubtful INTEGER NOT NULL
);
INSERT INTO "locations" VALUES(1,1,'Warehouse','1 Main St','State College','PA','16801','','billing',40.8,-77.8,'rooftop','pack',1.0,'',0);
CREATE TABLE opportunities (
    crm_id TEXT PRIMARY KEY,
    account_crm_id TEXT NOT NULL REFERENCES accounts(crm_id) ON DELETE CASCADE,
    name TEXT NOT NULL, stage TEXT NOT NULL, amount_cents INTEGER NOT NULL, probability REAL NOT NULL,
    close_date TEXT, owner TEXT NOT NULL
, "kind" TEXT NOT NULL DEFAULT '', "next_step" TEXT NOT NULL DEFAULT '', "forecast_category" TEXT NOT NULL DEFAULT '', "closed" INTEGER NOT NULL DEFAULT 0);
INSERT INTO "opportunities" VALUES('006','001','Fiber','Proposal',240000,0.75,'2026-12-18','Rep A','','','',0);
CREATE TABLE plan_stops (
    plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    day TEXT NOT NULL, start_s INTEGER NOT NULL,
    PRIMARY KEY (plan_id, account_id)
) WITHOUT ROWID
;
INSERT INTO "plan_stops" VALUES(1,1,'2026-11-30',30600);
CREATE TABLE plans (
    id INTEGER PRIMARY KEY, week TEXT NOT NULL, made_at TEXT NOT NULL, value REAL NOT NULL,
    document TEXT NOT NULL, sample INTEGER NOT NULL
, "name" TEXT NOT NULL DEFAULT '', "label" TEXT NOT NULL DEFAULT '');
INSERT INTO "plans" VALUES(1,'2026-W49','2026-11-23T09:00:00+00:00',12.5,'{"week": {"year": 2026, "number": 49}, "timezone": "America/New_York", "days": [], "left_out": [], "terms": {}}',0,'','');
CREATE TABLE "reps" (
   "name" TEXT,
   "role" TEXT,
   "email" TEXT,
   "street" TEXT,
   "city" TEXT,
   "state" TEXT,
   "postcode" TEXT,
   "quota_cents" INTEGER,
   "skills" TEXT,
   "lat" REAL,
   "lon" REAL,
   "sample" INTEGER, "hours" TEXT NOT NULL DEFAULT '', "crm_id" TEXT NOT NULL DEFAULT '',
   PRIMARY KEY ("name", "sample")
);
INSERT INTO "reps" VALUES('Rep A','Account Executive','a@example.com','1 Main St','State College','PA','16801',500000,'TV; Voice',40.8,-77.8,0,'','');
CREATE TABLE services (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    location_id INTEGER REFERENCES locations(id) ON DELETE SET NULL,
    billing_number TEXT NOT NULL, product TEXT NOT NULL, mrr_cents INTEGER NOT NULL, term_end TEXT
);
INSERT INTO "services" VALUES(1,1,1,'8773400000000001','Fiber 500',49999,'2027-03-31');
CREATE TABLE "settings" (
   "key" TEXT,
   "value" TEXT,
   "sample" INTEGER,
   PRIMARY KEY ("key", "sample")
);
INSERT INTO "settings" VALUES('home','1 Main St',0);
CREATE TABLE source_ids (
    source TEXT NOT NULL, ref TEXT NOT NULL, alias INTEGER NOT NULL DEFAULT 0,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    PRIMARY KEY (source, ref)
) WITHOUT ROWID;
INSERT INTO "source_ids" VALUES('billing','8773400000000001',0,1);
INSERT INTO "source_ids" VALUES('crm','001',0,1);
INSERT INTO "source_ids" VALUES('crm','002',0,2);
CREATE TABLE stage_changes (
    id INTEGER PRIMARY KEY, deal TEXT NOT NULL REFERENCES opportunities(crm_id) ON DELETE CASCADE, day TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL
);
INSERT INTO "stage_changes" VALUES(1,'006','2026-11-30','Qualification','Proposal');
CREATE TABLE trip_stops (
    trip_id INTEGER NOT NULL REFERENCES trips(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    day TEXT NOT NULL, name TEXT NOT NULL, lat REAL, lon REAL, account_id INTEGER REFERENCES accounts(id) ON DELETE SET NULL,
    kind TEXT, stop_key TEXT NOT NULL, arrive_s INTEGER, leave_s INTEGER, metres INTEGER, came_s INTEGER, went_s INTEGER, drove_m INTEGER,
    PRIMARY KEY (trip_id, position)
) WITHOUT ROWID;
INSERT INTO "trip_stops" VALUES(1,1,'2026-11-30','O''Hara',40.8,-77.8,1,'care','account-1',30000,33000,4200,30100,33300,4300);
CREATE TABLE trips (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, state TEXT NOT NULL, purpose TEXT NOT NULL,
    start TEXT NOT NULL, start_lat REAL, start_lon REAL, leave_s INTEGER, nights INTEGER NOT NULL, week TEXT NOT NULL,
    source TEXT NOT NULL, note TEXT NOT NULL, sample INTEGER NOT NULL
);
INSERT INTO "trips" VALUES(1,'Altoona','2026-11-30','2026-12-01','done','mixed','Home',40.79,-77.86,27000,1,'2026-W49','gpx','',0);
CREATE TABLE "visits" (
   "id" INTEGER PRIMARY KEY,
   "account_id" INTEGER REFERENCES "accounts"("id") ON DELETE CASCADE,
   "day" TEXT NOT NULL,
   "outcome" TEXT NOT NULL,
   "note" TEXT NOT NULL,
   "support" TEXT NOT NULL DEFAULT '',
   "timezone" TEXT NOT NULL DEFAULT '',
   "rep" TEXT NOT NULL DEFAULT '',
   "met" TEXT NOT NULL DEFAULT '',
   "topics" TEXT NOT NULL DEFAULT '',
   "sentiment" TEXT NOT NULL DEFAULT '',
   "deal" TEXT NOT NULL DEFAULT '',
   "stage_before" TEXT NOT NULL DEFAULT '',
   "stage_after" TEXT NOT NULL DEFAULT '',
   "next_step" TEXT NOT NULL DEFAULT '',
   "stop_key" TEXT NOT NULL DEFAULT '',
   "kind" TEXT NOT NULL DEFAULT 'care',
   "start_s" INTEGER,
   "minutes" INTEGER,
   "trip_id" INTEGER,
   "next_day" TEXT,
   "logged_at" TEXT,
   "next_done" INTEGER NOT NULL DEFAULT '0',
   "sample" INTEGER NOT NULL DEFAULT '0'
);
INSERT INTO "visits" VALUES(1,1,'2026-11-02','met','met the owner','','','','','','','','','','','','care',NULL,NULL,NULL,NULL,NULL,0,0);
CREATE TABLE wishes (
    account_id INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    boost REAL NOT NULL, must INTEGER NOT NULL, deadline TEXT, weekdays TEXT NOT NULL,
    cadence_days INTEGER, visit_minutes INTEGER, contract_end TEXT
);
INSERT INTO "wishes" VALUES(1,5.0,1,'2026-12-04','0,2',21,45,NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX "idx_accounts_crm_id"
    ON "accounts" ("crm_id");
CREATE INDEX opportunities_of_account ON opportunities(account_crm_id);
CREATE INDEX plans_of_week ON plans(week, id);
CREATE INDEX "idx_events_sample_rep"
    ON "events" ("sample", "rep");
CREATE INDEX source_ids_of_account ON source_ids(account_id);
CREATE INDEX locations_of_account ON locations(account_id);
CREATE INDEX contacts_of_account ON contacts(account_id);
CREATE INDEX services_of_account ON services(account_id);
CREATE INDEX services_of_number ON services(billing_number);
CREATE INDEX services_of_location ON services(location_id);
CREATE INDEX activities_of_account ON activities(account_id, day);
CREATE INDEX distinct_accounts_second ON distinct_accounts(second);
CREATE INDEX accounts_duplicate_of ON accounts(duplicate_of);
CREATE INDEX plan_stops_of_account ON plan_stops(account_id);
CREATE INDEX journal_changes_of_entry ON journal_changes(entry);
CREATE INDEX journal_changes_of_account ON journal_changes(account_id);
CREATE INDEX trips_of_day ON trips(sample, first);
CREATE INDEX trip_stops_of_account ON trip_stops(account_id);
CREATE INDEX costs_of_trip ON costs(trip_id);
CREATE INDEX drives_of_day ON drives(sample, day);
CREATE INDEX drives_of_trip ON drives(trip_id);
CREATE INDEX drives_of_account ON drives(account_id);
CREATE INDEX stage_changes_of_deal ON stage_changes(deal, day)
;
CREATE INDEX visits_of_account ON visits(account_id, day);
CREATE INDEX "idx_visits_sample_day"
    ON "visits" ("sample", "day");
CREATE TRIGGER journal_accounts_insert AFTER INSERT ON [accounts] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'accounts', 'insert', json_array(NEW.[id]), NULL, NEW.id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_accounts_update AFTER UPDATE ON [accounts] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[crm_id] IS NOT NEW.[crm_id] OR OLD.[name] IS NOT NEW.[name] OR OLD.[kind] IS NOT NEW.[kind] OR OLD.[street] IS NOT NEW.[street] OR OLD.[city] IS NOT NEW.[city] OR OLD.[state] IS NOT NEW.[state] OR OLD.[postcode] IS NOT NEW.[postcode] OR OLD.[owner] IS NOT NEW.[owner] OR OLD.[industry] IS NOT NEW.[industry] OR OLD.[phone] IS NOT NEW.[phone] OR OLD.[employees] IS NOT NEW.[employees] OR OLD.[annual_revenue_cents] IS NOT NEW.[annual_revenue_cents] OR OLD.[rating] IS NOT NEW.[rating] OR OLD.[tier] IS NOT NEW.[tier] OR OLD.[hours] IS NOT NEW.[hours] OR OLD.[last_activity] IS NOT NEW.[last_activity] OR OLD.[lat] IS NOT NEW.[lat] OR OLD.[lon] IS NOT NEW.[lon] OR OLD.[match_quality] IS NOT NEW.[match_quality] OR OLD.[match_source] IS NOT NEW.[match_source] OR OLD.[match_score] IS NOT NEW.[match_score] OR OLD.[match_note] IS NOT NEW.[match_note] OR OLD.[match_doubtful] IS NOT NEW.[match_doubtful] OR OLD.[duplicate_of] IS NOT NEW.[duplicate_of] OR OLD.[sample] IS NOT NEW.[sample] OR OLD.[website] IS NOT NEW.[website] OR OLD.[tags] IS NOT NEW.[tags] OR OLD.[notes] IS NOT NEW.[notes] OR OLD.[custom] IS NOT NEW.[custom] OR OLD.[origins] IS NOT NEW.[origins] OR OLD.[do_not_visit] IS NOT NEW.[do_not_visit] OR OLD.[do_not_call] IS NOT NEW.[do_not_call]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'accounts', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'crm_id', OLD.[crm_id], 'name', OLD.[name], 'kind', OLD.[kind], 'street', OLD.[street], 'city', OLD.[city], 'state', OLD.[state], 'postcode', OLD.[postcode], 'owner', OLD.[owner], 'industry', OLD.[industry], 'phone', OLD.[phone], 'employees', OLD.[employees], 'annual_revenue_cents', OLD.[annual_revenue_cents], 'rating', OLD.[rating], 'tier', OLD.[tier], 'hours', OLD.[hours], 'last_activity', OLD.[last_activity], 'match_quality', OLD.[match_quality], 'match_source', OLD.[match_source], 'match_note', OLD.[match_note], 'match_doubtful', OLD.[match_doubtful], 'duplicate_of', OLD.[duplicate_of], 'sample', OLD.[sample], 'website', OLD.[website], 'tags', OLD.[tags], 'notes', OLD.[notes], 'custom', OLD.[custom], 'origins', OLD.[origins], 'do_not_visit', OLD.[do_not_visit], 'do_not_call', OLD.[do_not_call]), NEW.id, OLD.[lat], OLD.[lon], OLD.[match_score], NULL); END;
CREATE TRIGGER journal_accounts_delete AFTER DELETE ON [accounts] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'accounts', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'crm_id', OLD.[crm_id], 'name', OLD.[name], 'kind', OLD.[kind], 'street', OLD.[street], 'city', OLD.[city], 'state', OLD.[state], 'postcode', OLD.[postcode], 'owner', OLD.[owner], 'industry', OLD.[industry], 'phone', OLD.[phone], 'employees', OLD.[employees], 'annual_revenue_cents', OLD.[annual_revenue_cents], 'rating', OLD.[rating], 'tier', OLD.[tier], 'hours', OLD.[hours], 'last_activity', OLD.[last_activity], 'match_quality', OLD.[match_quality], 'match_source', OLD.[match_source], 'match_note', OLD.[match_note], 'match_doubtful', OLD.[match_doubtful], 'duplicate_of', OLD.[duplicate_of], 'sample', OLD.[sample], 'website', OLD.[website], 'tags', OLD.[tags], 'notes', OLD.[notes], 'custom', OLD.[custom], 'origins', OLD.[origins], 'do_not_visit', OLD.[do_not_visit], 'do_not_call', OLD.[do_not_call]), OLD.id, OLD.[lat], OLD.[lon], OLD.[match_score], NULL); END;
CREATE TRIGGER journal_opportunities_insert AFTER INSERT ON [opportunities] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'opportunities', 'insert', json_array(NEW.[crm_id]), NULL, (SELECT id FROM accounts WHERE crm_id = NEW.account_crm_id), NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_opportunities_update AFTER UPDATE ON [opportunities] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[crm_id] IS NOT NEW.[crm_id] OR OLD.[account_crm_id] IS NOT NEW.[account_crm_id] OR OLD.[name] IS NOT NEW.[name] OR OLD.[stage] IS NOT NEW.[stage] OR OLD.[amount_cents] IS NOT NEW.[amount_cents] OR OLD.[probability] IS NOT NEW.[probability] OR OLD.[close_date] IS NOT NEW.[close_date] OR OLD.[owner] IS NOT NEW.[owner] OR OLD.[kind] IS NOT NEW.[kind] OR OLD.[next_step] IS NOT NEW.[next_step] OR OLD.[forecast_category] IS NOT NEW.[forecast_category] OR OLD.[closed] IS NOT NEW.[closed]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'opportunities', 'update', json_array(NEW.[crm_id]), json_object('crm_id', OLD.[crm_id], 'account_crm_id', OLD.[account_crm_id], 'name', OLD.[name], 'stage', OLD.[stage], 'amount_cents', OLD.[amount_cents], 'close_date', OLD.[close_date], 'owner', OLD.[owner], 'kind', OLD.[kind], 'next_step', OLD.[next_step], 'forecast_category', OLD.[forecast_category], 'closed', OLD.[closed]), (SELECT id FROM accounts WHERE crm_id = NEW.account_crm_id), OLD.[probability], NULL, NULL, NULL); END;
CREATE TRIGGER journal_opportunities_delete AFTER DELETE ON [opportunities] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'opportunities', 'delete', json_array(OLD.[crm_id]), json_object('crm_id', OLD.[crm_id], 'account_crm_id', OLD.[account_crm_id], 'name', OLD.[name], 'stage', OLD.[stage], 'amount_cents', OLD.[amount_cents], 'close_date', OLD.[close_date], 'owner', OLD.[owner], 'kind', OLD.[kind], 'next_step', OLD.[next_step], 'forecast_category', OLD.[forecast_category], 'closed', OLD.[closed]), (SELECT id FROM accounts WHERE crm_id = OLD.account_crm_id), OLD.[probability], NULL, NULL, NULL); END;
CREATE TRIGGER journal_plans_insert AFTER INSERT ON [plans] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'plans', 'insert', json_array(NEW.[id]), NULL, NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_plans_update AFTER UPDATE ON [plans] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[week] IS NOT NEW.[week] OR OLD.[made_at] IS NOT NEW.[made_at] OR OLD.[value] IS NOT NEW.[value] OR OLD.[document] IS NOT NEW.[document] OR OLD.[sample] IS NOT NEW.[sample] OR OLD.[name] IS NOT NEW.[name] OR OLD.[label] IS NOT NEW.[label]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'plans', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'week', OLD.[week], 'made_at', OLD.[made_at], 'document', OLD.[document], 'sample', OLD.[sample], 'name', OLD.[name], 'label', OLD.[label]), NULL, OLD.[value], NULL, NULL, NULL); END;
CREATE TRIGGER journal_plans_delete AFTER DELETE ON [plans] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'plans', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'week', OLD.[week], 'made_at', OLD.[made_at], 'document', OLD.[document], 'sample', OLD.[sample], 'name', OLD.[name], 'label', OLD.[label]), NULL, OLD.[value], NULL, NULL, NULL); END;
CREATE TRIGGER journal_plan_stops_insert AFTER INSERT ON [plan_stops] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'plan_stops', 'insert', json_array(NEW.[plan_id], NEW.[account_id]), NULL, NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_plan_stops_update AFTER UPDATE ON [plan_stops] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[plan_id] IS NOT NEW.[plan_id] OR OLD.[account_id] IS NOT NEW.[account_id] OR OLD.[day] IS NOT NEW.[day] OR OLD.[start_s] IS NOT NEW.[start_s]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'plan_stops', 'update', json_array(NEW.[plan_id], NEW.[account_id]), json_object('plan_id', OLD.[plan_id], 'account_id', OLD.[account_id], 'day', OLD.[day], 'start_s', OLD.[start_s]), NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_plan_stops_delete AFTER DELETE ON [plan_stops] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'plan_stops', 'delete', json_array(OLD.[plan_id], OLD.[account_id]), json_object('plan_id', OLD.[plan_id], 'account_id', OLD.[account_id], 'day', OLD.[day], 'start_s', OLD.[start_s]), OLD.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_reps_insert AFTER INSERT ON [reps] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'reps', 'insert', json_array(NEW.[name], NEW.[sample]), NULL, NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_reps_update AFTER UPDATE ON [reps] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[name] IS NOT NEW.[name] OR OLD.[role] IS NOT NEW.[role] OR OLD.[email] IS NOT NEW.[email] OR OLD.[street] IS NOT NEW.[street] OR OLD.[city] IS NOT NEW.[city] OR OLD.[state] IS NOT NEW.[state] OR OLD.[postcode] IS NOT NEW.[postcode] OR OLD.[quota_cents] IS NOT NEW.[quota_cents] OR OLD.[skills] IS NOT NEW.[skills] OR OLD.[lat] IS NOT NEW.[lat] OR OLD.[lon] IS NOT NEW.[lon] OR OLD.[sample] IS NOT NEW.[sample] OR OLD.[hours] IS NOT NEW.[hours] OR OLD.[crm_id] IS NOT NEW.[crm_id]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'reps', 'update', json_array(NEW.[name], NEW.[sample]), json_object('name', OLD.[name], 'role', OLD.[role], 'email', OLD.[email], 'street', OLD.[street], 'city', OLD.[city], 'state', OLD.[state], 'postcode', OLD.[postcode], 'quota_cents', OLD.[quota_cents], 'skills', OLD.[skills], 'sample', OLD.[sample], 'hours', OLD.[hours], 'crm_id', OLD.[crm_id]), NULL, OLD.[lat], OLD.[lon], NULL, NULL); END;
CREATE TRIGGER journal_reps_delete AFTER DELETE ON [reps] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'reps', 'delete', json_array(OLD.[name], OLD.[sample]), json_object('name', OLD.[name], 'role', OLD.[role], 'email', OLD.[email], 'street', OLD.[street], 'city', OLD.[city], 'state', OLD.[state], 'postcode', OLD.[postcode], 'quota_cents', OLD.[quota_cents], 'skills', OLD.[skills], 'sample', OLD.[sample], 'hours', OLD.[hours], 'crm_id', OLD.[crm_id]), NULL, OLD.[lat], OLD.[lon], NULL, NULL); END;
CREATE TRIGGER journal_events_insert AFTER INSERT ON [events] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'events', 'insert', json_array(NEW.[uid], NEW.[start]), NULL, NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_events_update AFTER UPDATE ON [events] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[uid] IS NOT NEW.[uid] OR OLD.[start] IS NOT NEW.[start] OR OLD.[end] IS NOT NEW.[end] OR OLD.[timezone] IS NOT NEW.[timezone] OR OLD.[title] IS NOT NEW.[title] OR OLD.[location] IS NOT NEW.[location] OR OLD.[rrule] IS NOT NEW.[rrule] OR OLD.[exdates] IS NOT NEW.[exdates] OR OLD.[all_day] IS NOT NEW.[all_day] OR OLD.[busy] IS NOT NEW.[busy] OR OLD.[private] IS NOT NEW.[private] OR OLD.[cancelled] IS NOT NEW.[cancelled] OR OLD.[lat] IS NOT NEW.[lat] OR OLD.[lon] IS NOT NEW.[lon] OR OLD.[sample] IS NOT NEW.[sample] OR OLD.[rep] IS NOT NEW.[rep]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'events', 'update', json_array(NEW.[uid], NEW.[start]), json_object('uid', OLD.[uid], 'start', OLD.[start], 'end', OLD.[end], 'timezone', OLD.[timezone], 'title', OLD.[title], 'location', OLD.[location], 'rrule', OLD.[rrule], 'exdates', OLD.[exdates], 'all_day', OLD.[all_day], 'busy', OLD.[busy], 'private', OLD.[private], 'cancelled', OLD.[cancelled], 'sample', OLD.[sample], 'rep', OLD.[rep]), NULL, OLD.[lat], OLD.[lon], NULL, NULL); END;
CREATE TRIGGER journal_events_delete AFTER DELETE ON [events] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'events', 'delete', json_array(OLD.[uid], OLD.[start]), json_object('uid', OLD.[uid], 'start', OLD.[start], 'end', OLD.[end], 'timezone', OLD.[timezone], 'title', OLD.[title], 'location', OLD.[location], 'rrule', OLD.[rrule], 'exdates', OLD.[exdates], 'all_day', OLD.[all_day], 'busy', OLD.[busy], 'private', OLD.[private], 'cancelled', OLD.[cancelled], 'sample', OLD.[sample], 'rep', OLD.[rep]), NULL, OLD.[lat], OLD.[lon], NULL, NULL); END;
CREATE TRIGGER journal_settings_insert AFTER INSERT ON [settings] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'settings', 'insert', json_array(NEW.[key], NEW.[sample]), NULL, NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_settings_update AFTER UPDATE ON [settings] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[key] IS NOT NEW.[key] OR OLD.[value] IS NOT NEW.[value] OR OLD.[sample] IS NOT NEW.[sample]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'settings', 'update', json_array(NEW.[key], NEW.[sample]), json_object('key', OLD.[key], 'value', OLD.[value], 'sample', OLD.[sample]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_settings_delete AFTER DELETE ON [settings] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'settings', 'delete', json_array(OLD.[key], OLD.[sample]), json_object('key', OLD.[key], 'value', OLD.[value], 'sample', OLD.[sample]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_wishes_insert AFTER INSERT ON [wishes] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'wishes', 'insert', json_array(NEW.[account_id]), NULL, NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_wishes_update AFTER UPDATE ON [wishes] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[account_id] IS NOT NEW.[account_id] OR OLD.[boost] IS NOT NEW.[boost] OR OLD.[must] IS NOT NEW.[must] OR OLD.[deadline] IS NOT NEW.[deadline] OR OLD.[weekdays] IS NOT NEW.[weekdays] OR OLD.[cadence_days] IS NOT NEW.[cadence_days] OR OLD.[visit_minutes] IS NOT NEW.[visit_minutes] OR OLD.[contract_end] IS NOT NEW.[contract_end]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'wishes', 'update', json_array(NEW.[account_id]), json_object('account_id', OLD.[account_id], 'must', OLD.[must], 'deadline', OLD.[deadline], 'weekdays', OLD.[weekdays], 'cadence_days', OLD.[cadence_days], 'visit_minutes', OLD.[visit_minutes], 'contract_end', OLD.[contract_end]), NEW.account_id, OLD.[boost], NULL, NULL, NULL); END;
CREATE TRIGGER journal_wishes_delete AFTER DELETE ON [wishes] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'wishes', 'delete', json_array(OLD.[account_id]), json_object('account_id', OLD.[account_id], 'must', OLD.[must], 'deadline', OLD.[deadline], 'weekdays', OLD.[weekdays], 'cadence_days', OLD.[cadence_days], 'visit_minutes', OLD.[visit_minutes], 'contract_end', OLD.[contract_end]), OLD.account_id, OLD.[boost], NULL, NULL, NULL); END;
CREATE TRIGGER journal_source_ids_insert AFTER INSERT ON [source_ids] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'source_ids', 'insert', json_array(NEW.[source], NEW.[ref]), NULL, NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_source_ids_update AFTER UPDATE ON [source_ids] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[source] IS NOT NEW.[source] OR OLD.[ref] IS NOT NEW.[ref] OR OLD.[alias] IS NOT NEW.[alias] OR OLD.[account_id] IS NOT NEW.[account_id]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'source_ids', 'update', json_array(NEW.[source], NEW.[ref]), json_object('source', OLD.[source], 'ref', OLD.[ref], 'alias', OLD.[alias], 'account_id', OLD.[account_id]), NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_source_ids_delete AFTER DELETE ON [source_ids] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'source_ids', 'delete', json_array(OLD.[source], OLD.[ref]), json_object('source', OLD.[source], 'ref', OLD.[ref], 'alias', OLD.[alias], 'account_id', OLD.[account_id]), OLD.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_locations_insert AFTER INSERT ON [locations] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'locations', 'insert', json_array(NEW.[id]), NULL, NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_locations_update AFTER UPDATE ON [locations] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[account_id] IS NOT NEW.[account_id] OR OLD.[label] IS NOT NEW.[label] OR OLD.[street] IS NOT NEW.[street] OR OLD.[city] IS NOT NEW.[city] OR OLD.[state] IS NOT NEW.[state] OR OLD.[postcode] IS NOT NEW.[postcode] OR OLD.[hours] IS NOT NEW.[hours] OR OLD.[source] IS NOT NEW.[source] OR OLD.[lat] IS NOT NEW.[lat] OR OLD.[lon] IS NOT NEW.[lon] OR OLD.[match_quality] IS NOT NEW.[match_quality] OR OLD.[match_source] IS NOT NEW.[match_source] OR OLD.[match_score] IS NOT NEW.[match_score] OR OLD.[match_note] IS NOT NEW.[match_note] OR OLD.[match_doubtful] IS NOT NEW.[match_doubtful]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'locations', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'account_id', OLD.[account_id], 'label', OLD.[label], 'street', OLD.[street], 'city', OLD.[city], 'state', OLD.[state], 'postcode', OLD.[postcode], 'hours', OLD.[hours], 'source', OLD.[source], 'match_quality', OLD.[match_quality], 'match_source', OLD.[match_source], 'match_note', OLD.[match_note], 'match_doubtful', OLD.[match_doubtful]), NEW.account_id, OLD.[lat], OLD.[lon], OLD.[match_score], NULL); END;
CREATE TRIGGER journal_locations_delete AFTER DELETE ON [locations] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'locations', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'account_id', OLD.[account_id], 'label', OLD.[label], 'street', OLD.[street], 'city', OLD.[city], 'state', OLD.[state], 'postcode', OLD.[postcode], 'hours', OLD.[hours], 'source', OLD.[source], 'match_quality', OLD.[match_quality], 'match_source', OLD.[match_source], 'match_note', OLD.[match_note], 'match_doubtful', OLD.[match_doubtful]), OLD.account_id, OLD.[lat], OLD.[lon], OLD.[match_score], NULL); END;
CREATE TRIGGER journal_contacts_insert AFTER INSERT ON [contacts] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'contacts', 'insert', json_array(NEW.[id]), NULL, NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_contacts_update AFTER UPDATE ON [contacts] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[crm_id] IS NOT NEW.[crm_id] OR OLD.[account_id] IS NOT NEW.[account_id] OR OLD.[first_name] IS NOT NEW.[first_name] OR OLD.[last_name] IS NOT NEW.[last_name] OR OLD.[title] IS NOT NEW.[title] OR OLD.[email] IS NOT NEW.[email] OR OLD.[phone] IS NOT NEW.[phone] OR OLD.[mobile] IS NOT NEW.[mobile] OR OLD.[no_email] IS NOT NEW.[no_email] OR OLD.[no_call] IS NOT NEW.[no_call]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'contacts', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'crm_id', OLD.[crm_id], 'account_id', OLD.[account_id], 'first_name', OLD.[first_name], 'last_name', OLD.[last_name], 'title', OLD.[title], 'email', OLD.[email], 'phone', OLD.[phone], 'mobile', OLD.[mobile], 'no_email', OLD.[no_email], 'no_call', OLD.[no_call]), NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_contacts_delete AFTER DELETE ON [contacts] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'contacts', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'crm_id', OLD.[crm_id], 'account_id', OLD.[account_id], 'first_name', OLD.[first_name], 'last_name', OLD.[last_name], 'title', OLD.[title], 'email', OLD.[email], 'phone', OLD.[phone], 'mobile', OLD.[mobile], 'no_email', OLD.[no_email], 'no_call', OLD.[no_call]), OLD.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_services_insert AFTER INSERT ON [services] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'services', 'insert', json_array(NEW.[id]), NULL, NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_services_update AFTER UPDATE ON [services] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[account_id] IS NOT NEW.[account_id] OR OLD.[location_id] IS NOT NEW.[location_id] OR OLD.[billing_number] IS NOT NEW.[billing_number] OR OLD.[product] IS NOT NEW.[product] OR OLD.[mrr_cents] IS NOT NEW.[mrr_cents] OR OLD.[term_end] IS NOT NEW.[term_end]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'services', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'account_id', OLD.[account_id], 'location_id', OLD.[location_id], 'billing_number', OLD.[billing_number], 'product', OLD.[product], 'mrr_cents', OLD.[mrr_cents], 'term_end', OLD.[term_end]), NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_services_delete AFTER DELETE ON [services] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'services', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'account_id', OLD.[account_id], 'location_id', OLD.[location_id], 'billing_number', OLD.[billing_number], 'product', OLD.[product], 'mrr_cents', OLD.[mrr_cents], 'term_end', OLD.[term_end]), OLD.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_activities_insert AFTER INSERT ON [activities] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'activities', 'insert', json_array(NEW.[id]), NULL, NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_activities_update AFTER UPDATE ON [activities] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[crm_id] IS NOT NEW.[crm_id] OR OLD.[account_id] IS NOT NEW.[account_id] OR OLD.[kind] IS NOT NEW.[kind] OR OLD.[day] IS NOT NEW.[day] OR OLD.[starts] IS NOT NEW.[starts] OR OLD.[minutes] IS NOT NEW.[minutes] OR OLD.[subject] IS NOT NEW.[subject] OR OLD.[owner] IS NOT NEW.[owner] OR OLD.[status] IS NOT NEW.[status] OR OLD.[note] IS NOT NEW.[note]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'activities', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'crm_id', OLD.[crm_id], 'account_id', OLD.[account_id], 'kind', OLD.[kind], 'day', OLD.[day], 'starts', OLD.[starts], 'minutes', OLD.[minutes], 'subject', OLD.[subject], 'owner', OLD.[owner], 'status', OLD.[status], 'note', OLD.[note]), NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_activities_delete AFTER DELETE ON [activities] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'activities', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'crm_id', OLD.[crm_id], 'account_id', OLD.[account_id], 'kind', OLD.[kind], 'day', OLD.[day], 'starts', OLD.[starts], 'minutes', OLD.[minutes], 'subject', OLD.[subject], 'owner', OLD.[owner], 'status', OLD.[status], 'note', OLD.[note]), OLD.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_import_presets_insert AFTER INSERT ON [import_presets] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'import_presets', 'insert', json_array(NEW.[name]), NULL, NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_import_presets_update AFTER UPDATE ON [import_presets] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[name] IS NOT NEW.[name] OR OLD.[document] IS NOT NEW.[document]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'import_presets', 'update', json_array(NEW.[name]), json_object('name', OLD.[name], 'document', OLD.[document]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_import_presets_delete AFTER DELETE ON [import_presets] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'import_presets', 'delete', json_array(OLD.[name]), json_object('name', OLD.[name], 'document', OLD.[document]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_distinct_accounts_insert AFTER INSERT ON [distinct_accounts] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'distinct_accounts', 'insert', json_array(NEW.[first], NEW.[second]), NULL, NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_distinct_accounts_update AFTER UPDATE ON [distinct_accounts] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[first] IS NOT NEW.[first] OR OLD.[second] IS NOT NEW.[second]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'distinct_accounts', 'update', json_array(NEW.[first], NEW.[second]), json_object('first', OLD.[first], 'second', OLD.[second]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_distinct_accounts_delete AFTER DELETE ON [distinct_accounts] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'distinct_accounts', 'delete', json_array(OLD.[first], OLD.[second]), json_object('first', OLD.[first], 'second', OLD.[second]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_trips_insert AFTER INSERT ON [trips] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'trips', 'insert', json_array(NEW.[id]), NULL, NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_trips_update AFTER UPDATE ON [trips] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[name] IS NOT NEW.[name] OR OLD.[first] IS NOT NEW.[first] OR OLD.[last] IS NOT NEW.[last] OR OLD.[state] IS NOT NEW.[state] OR OLD.[purpose] IS NOT NEW.[purpose] OR OLD.[start] IS NOT NEW.[start] OR OLD.[start_lat] IS NOT NEW.[start_lat] OR OLD.[start_lon] IS NOT NEW.[start_lon] OR OLD.[leave_s] IS NOT NEW.[leave_s] OR OLD.[nights] IS NOT NEW.[nights] OR OLD.[week] IS NOT NEW.[week] OR OLD.[source] IS NOT NEW.[source] OR OLD.[note] IS NOT NEW.[note] OR OLD.[sample] IS NOT NEW.[sample]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'trips', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'name', OLD.[name], 'first', OLD.[first], 'last', OLD.[last], 'state', OLD.[state], 'purpose', OLD.[purpose], 'start', OLD.[start], 'leave_s', OLD.[leave_s], 'nights', OLD.[nights], 'week', OLD.[week], 'source', OLD.[source], 'note', OLD.[note], 'sample', OLD.[sample]), NULL, OLD.[start_lat], OLD.[start_lon], NULL, NULL); END;
CREATE TRIGGER journal_trips_delete AFTER DELETE ON [trips] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'trips', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'name', OLD.[name], 'first', OLD.[first], 'last', OLD.[last], 'state', OLD.[state], 'purpose', OLD.[purpose], 'start', OLD.[start], 'leave_s', OLD.[leave_s], 'nights', OLD.[nights], 'week', OLD.[week], 'source', OLD.[source], 'note', OLD.[note], 'sample', OLD.[sample]), NULL, OLD.[start_lat], OLD.[start_lon], NULL, NULL); END;
CREATE TRIGGER journal_trip_stops_insert AFTER INSERT ON [trip_stops] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'trip_stops', 'insert', json_array(NEW.[trip_id], NEW.[position]), NULL, NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_trip_stops_update AFTER UPDATE ON [trip_stops] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[trip_id] IS NOT NEW.[trip_id] OR OLD.[position] IS NOT NEW.[position] OR OLD.[day] IS NOT NEW.[day] OR OLD.[name] IS NOT NEW.[name] OR OLD.[lat] IS NOT NEW.[lat] OR OLD.[lon] IS NOT NEW.[lon] OR OLD.[account_id] IS NOT NEW.[account_id] OR OLD.[kind] IS NOT NEW.[kind] OR OLD.[stop_key] IS NOT NEW.[stop_key] OR OLD.[arrive_s] IS NOT NEW.[arrive_s] OR OLD.[leave_s] IS NOT NEW.[leave_s] OR OLD.[metres] IS NOT NEW.[metres] OR OLD.[came_s] IS NOT NEW.[came_s] OR OLD.[went_s] IS NOT NEW.[went_s] OR OLD.[drove_m] IS NOT NEW.[drove_m]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'trip_stops', 'update', json_array(NEW.[trip_id], NEW.[position]), json_object('trip_id', OLD.[trip_id], 'position', OLD.[position], 'day', OLD.[day], 'name', OLD.[name], 'account_id', OLD.[account_id], 'kind', OLD.[kind], 'stop_key', OLD.[stop_key], 'arrive_s', OLD.[arrive_s], 'leave_s', OLD.[leave_s], 'metres', OLD.[metres], 'came_s', OLD.[came_s], 'went_s', OLD.[went_s], 'drove_m', OLD.[drove_m]), NEW.account_id, OLD.[lat], OLD.[lon], NULL, NULL); END;
CREATE TRIGGER journal_trip_stops_delete AFTER DELETE ON [trip_stops] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'trip_stops', 'delete', json_array(OLD.[trip_id], OLD.[position]), json_object('trip_id', OLD.[trip_id], 'position', OLD.[position], 'day', OLD.[day], 'name', OLD.[name], 'account_id', OLD.[account_id], 'kind', OLD.[kind], 'stop_key', OLD.[stop_key], 'arrive_s', OLD.[arrive_s], 'leave_s', OLD.[leave_s], 'metres', OLD.[metres], 'came_s', OLD.[came_s], 'went_s', OLD.[went_s], 'drove_m', OLD.[drove_m]), OLD.account_id, OLD.[lat], OLD.[lon], NULL, NULL); END;
CREATE TRIGGER journal_costs_insert AFTER INSERT ON [costs] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'costs', 'insert', json_array(NEW.[id]), NULL, NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_costs_update AFTER UPDATE ON [costs] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[trip_id] IS NOT NEW.[trip_id] OR OLD.[day] IS NOT NEW.[day] OR OLD.[kind] IS NOT NEW.[kind] OR OLD.[cents] IS NOT NEW.[cents] OR OLD.[note] IS NOT NEW.[note] OR OLD.[receipt] IS NOT NEW.[receipt]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'costs', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'trip_id', OLD.[trip_id], 'day', OLD.[day], 'kind', OLD.[kind], 'cents', OLD.[cents], 'note', OLD.[note], 'receipt', OLD.[receipt]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_costs_delete AFTER DELETE ON [costs] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'costs', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'trip_id', OLD.[trip_id], 'day', OLD.[day], 'kind', OLD.[kind], 'cents', OLD.[cents], 'note', OLD.[note], 'receipt', OLD.[receipt]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_drives_insert AFTER INSERT ON [drives] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'drives', 'insert', json_array(NEW.[id]), NULL, NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_drives_update AFTER UPDATE ON [drives] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[day] IS NOT NEW.[day] OR OLD.[start] IS NOT NEW.[start] OR OLD.[destination] IS NOT NEW.[destination] OR OLD.[metres] IS NOT NEW.[metres] OR OLD.[source] IS NOT NEW.[source] OR OLD.[kind] IS NOT NEW.[kind] OR OLD.[purpose] IS NOT NEW.[purpose] OR OLD.[account_id] IS NOT NEW.[account_id] OR OLD.[confirmed] IS NOT NEW.[confirmed] OR OLD.[odometer_start] IS NOT NEW.[odometer_start] OR OLD.[odometer_end] IS NOT NEW.[odometer_end] OR OLD.[trip_id] IS NOT NEW.[trip_id] OR OLD.[note] IS NOT NEW.[note] OR OLD.[sample] IS NOT NEW.[sample]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'drives', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'day', OLD.[day], 'start', OLD.[start], 'destination', OLD.[destination], 'metres', OLD.[metres], 'source', OLD.[source], 'kind', OLD.[kind], 'purpose', OLD.[purpose], 'account_id', OLD.[account_id], 'confirmed', OLD.[confirmed], 'odometer_start', OLD.[odometer_start], 'odometer_end', OLD.[odometer_end], 'trip_id', OLD.[trip_id], 'note', OLD.[note], 'sample', OLD.[sample]), NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_drives_delete AFTER DELETE ON [drives] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'drives', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'day', OLD.[day], 'start', OLD.[start], 'destination', OLD.[destination], 'metres', OLD.[metres], 'source', OLD.[source], 'kind', OLD.[kind], 'purpose', OLD.[purpose], 'account_id', OLD.[account_id], 'confirmed', OLD.[confirmed], 'odometer_start', OLD.[odometer_start], 'odometer_end', OLD.[odometer_end], 'trip_id', OLD.[trip_id], 'note', OLD.[note], 'sample', OLD.[sample]), OLD.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_stage_changes_insert AFTER INSERT ON [stage_changes] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'stage_changes', 'insert', json_array(NEW.[id]), NULL, NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_stage_changes_update AFTER UPDATE ON [stage_changes] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[deal] IS NOT NEW.[deal] OR OLD.[day] IS NOT NEW.[day] OR OLD.[before] IS NOT NEW.[before] OR OLD.[after] IS NOT NEW.[after]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'stage_changes', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'deal', OLD.[deal], 'day', OLD.[day], 'before', OLD.[before], 'after', OLD.[after]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_stage_changes_delete AFTER DELETE ON [stage_changes] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'stage_changes', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'deal', OLD.[deal], 'day', OLD.[day], 'before', OLD.[before], 'after', OLD.[after]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_visits_insert AFTER INSERT ON [visits] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'visits', 'insert', json_array(NEW.[id]), NULL, NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_visits_update AFTER UPDATE ON [visits] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[id] IS NOT NEW.[id] OR OLD.[account_id] IS NOT NEW.[account_id] OR OLD.[day] IS NOT NEW.[day] OR OLD.[outcome] IS NOT NEW.[outcome] OR OLD.[note] IS NOT NEW.[note] OR OLD.[support] IS NOT NEW.[support] OR OLD.[timezone] IS NOT NEW.[timezone] OR OLD.[rep] IS NOT NEW.[rep] OR OLD.[met] IS NOT NEW.[met] OR OLD.[topics] IS NOT NEW.[topics] OR OLD.[sentiment] IS NOT NEW.[sentiment] OR OLD.[deal] IS NOT NEW.[deal] OR OLD.[stage_before] IS NOT NEW.[stage_before] OR OLD.[stage_after] IS NOT NEW.[stage_after] OR OLD.[next_step] IS NOT NEW.[next_step] OR OLD.[stop_key] IS NOT NEW.[stop_key] OR OLD.[kind] IS NOT NEW.[kind] OR OLD.[start_s] IS NOT NEW.[start_s] OR OLD.[minutes] IS NOT NEW.[minutes] OR OLD.[trip_id] IS NOT NEW.[trip_id] OR OLD.[next_day] IS NOT NEW.[next_day] OR OLD.[logged_at] IS NOT NEW.[logged_at] OR OLD.[next_done] IS NOT NEW.[next_done] OR OLD.[sample] IS NOT NEW.[sample]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'visits', 'update', json_array(NEW.[id]), json_object('id', OLD.[id], 'account_id', OLD.[account_id], 'day', OLD.[day], 'outcome', OLD.[outcome], 'note', OLD.[note], 'support', OLD.[support], 'timezone', OLD.[timezone], 'rep', OLD.[rep], 'met', OLD.[met], 'topics', OLD.[topics], 'sentiment', OLD.[sentiment], 'deal', OLD.[deal], 'stage_before', OLD.[stage_before], 'stage_after', OLD.[stage_after], 'next_step', OLD.[next_step], 'stop_key', OLD.[stop_key], 'kind', OLD.[kind], 'start_s', OLD.[start_s], 'minutes', OLD.[minutes], 'trip_id', OLD.[trip_id], 'next_day', OLD.[next_day], 'logged_at', OLD.[logged_at], 'next_done', OLD.[next_done], 'sample', OLD.[sample]), NEW.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_visits_delete AFTER DELETE ON [visits] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'visits', 'delete', json_array(OLD.[id]), json_object('id', OLD.[id], 'account_id', OLD.[account_id], 'day', OLD.[day], 'outcome', OLD.[outcome], 'note', OLD.[note], 'support', OLD.[support], 'timezone', OLD.[timezone], 'rep', OLD.[rep], 'met', OLD.[met], 'topics', OLD.[topics], 'sentiment', OLD.[sentiment], 'deal', OLD.[deal], 'stage_before', OLD.[stage_before], 'stage_after', OLD.[stage_after], 'next_step', OLD.[next_step], 'stop_key', OLD.[stop_key], 'kind', OLD.[kind], 'start_s', OLD.[start_s], 'minutes', OLD.[minutes], 'trip_id', OLD.[trip_id], 'next_day', OLD.[next_day], 'logged_at', OLD.[logged_at], 'next_done', OLD.[next_done], 'sample', OLD.[sample]), OLD.account_id, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_account_views_insert AFTER INSERT ON [account_views] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'account_views', 'insert', json_array(NEW.[name], NEW.[sample]), NULL, NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_account_views_update AFTER UPDATE ON [account_views] WHEN (SELECT entry FROM journal_now) IS NOT NULL AND (OLD.[name] IS NOT NEW.[name] OR OLD.[sample] IS NOT NEW.[sample] OR OLD.[document] IS NOT NEW.[document]) BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'account_views', 'update', json_array(NEW.[name], NEW.[sample]), json_object('name', OLD.[name], 'sample', OLD.[sample], 'document', OLD.[document]), NULL, NULL, NULL, NULL, NULL); END;
CREATE TRIGGER journal_account_views_delete AFTER DELETE ON [account_views] WHEN (SELECT entry FROM journal_now) IS NOT NULL BEGIN INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, real_0, real_1, real_2, real_3) VALUES ((SELECT entry FROM journal_now), 'account_views', 'delete', json_array(OLD.[name], OLD.[sample]), json_object('name', OLD.[name], 'sample', OLD.[sample], 'document', OLD.[document]), NULL, NULL, NULL, NULL, NULL); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal_entries',1);
INSERT INTO "sqlite_sequence" VALUES('journal_changes',1);
COMMIT;
