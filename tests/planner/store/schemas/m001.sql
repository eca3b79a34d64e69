BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'roadbook','m001_accounts_plans_visits','2026-11-23 09:00:00+00:00');
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
);
INSERT INTO "accounts" VALUES(1,'001','O''Hara & Söhne <b>','client','1 Main St','State College','PA','16801','Rep A','Retail','814-555-0100',12,12345678901,'Hot','A','Mo-Fr 08:00-17:00','2026-10-01',40.8,-77.8,'rooftop','pack',1.0,'',0,NULL,0);
INSERT INTO "accounts" VALUES(2,'002','Weis','prospect','1 Main St','State College','PA','16801','Rep A','Retail','814-555-0100',12,12345678901,'Hot','A','Mo-Fr 08:00-17:00','2026-10-01',40.8,-77.8,'rooftop','pack',1.0,'',0,1,0);
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
   "sample" INTEGER,
   PRIMARY KEY ("uid", "start")
);
INSERT INTO "events" VALUES('staff','2026-11-30T13:30:00+00:00','2026-11-30T15:00:00+00:00','America/New_York','Staff','Office','','[]',0,1,0,0,NULL,NULL,0);
CREATE TABLE opportunities (
    crm_id TEXT PRIMARY KEY,
    account_crm_id TEXT NOT NULL REFERENCES accounts(crm_id) ON DELETE CASCADE,
    name TEXT NOT NULL, stage TEXT NOT NULL, amount_cents INTEGER NOT NULL, probability REAL NOT NULL,
    close_date TEXT, owner TEXT NOT NULL
);
INSERT INTO "opportunities" VALUES('006','001','Fiber','Proposal',240000,0.75,'2026-12-18','Rep A');
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
);
INSERT INTO "plans" VALUES(1,'2026-W49','2026-11-23T09:00:00+00:00',12.5,'{"week": {"year": 2026, "number": 49}, "timezone": "America/New_York", "days": [], "left_out": [], "terms": {}}',0);
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
   "sample" INTEGER,
   PRIMARY KEY ("name", "sample")
);
INSERT INTO "reps" VALUES('Rep A','Account Executive','a@example.com','1 Main St','State College','PA','16801',500000,'TV; Voice',40.8,-77.8,0);
CREATE TABLE "settings" (
   "key" TEXT,
   "value" TEXT,
   "sample" INTEGER,
   PRIMARY KEY ("key", "sample")
);
INSERT INTO "settings" VALUES('home','1 Main St',0);
CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    day TEXT NOT NULL, outcome TEXT NOT NULL, note TEXT NOT NULL
);
INSERT INTO "visits" VALUES(1,1,'2026-11-02','met','met the owner');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX "idx_accounts_crm_id"
    ON "accounts" ("crm_id");
CREATE INDEX opportunities_of_account ON opportunities(account_crm_id);
CREATE INDEX visits_of_account ON visits(account_id, day);
CREATE INDEX plans_of_week ON plans(week, id);
COMMIT;
