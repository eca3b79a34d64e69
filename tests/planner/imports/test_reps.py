from planner.imports.reps import read_reps
from planner.imports.text_table import read_table
from planner.model.places import PostalAddress


def reps_of(table):
    reads, problems = read_reps(table)
    return [read.record for read in reads], problems


HEADERS = "Name,Role,Email,Home Street,Home City,State,Zip,Monthly Quota MRR,Skills\n"


def test_a_row_becomes_a_rep(table_of):
    (rep,), problems = reps_of(
        table_of(HEADERS + 'Ada,Account Executive,ada@example.com,1 Main St,Altoona,PA,16601,"$4,000.50",Voice;  TV ;\n')
    )
    assert problems == []
    assert (rep.name, rep.role, rep.email, rep.quota_cents, rep.skills) == (
        "Ada",
        "Account Executive",
        "ada@example.com",
        400_050,
        ("Voice", "TV"),
    )
    assert rep.home == PostalAddress("1 Main St", "Altoona", "PA", "16601")
    assert rep.place is None


def test_a_rep_without_a_name_is_left_out_and_the_last_of_one_name_counts(table_of):
    reps, problems = reps_of(table_of(HEADERS + "Ada,AE,,,,,,1,\n,AE,,,,,,1,\nADA,AM,,,,,,2,\n"))
    assert [(rep.name, rep.role) for rep in reps] == [("ADA", "AM")]
    assert [problem.row for problem in problems] == [3, 4]


def test_the_six_real_reps_are_read(state_college):
    reps, problems = reps_of(read_table(state_college / "reps.csv"))
    assert ([rep.name for rep in reps], problems) == ([f"Rep {letter}" for letter in "ABCDEF"], [])
    assert [rep.quota_cents for rep in reps] == [500_000, 400_000, 500_000, 650_000, 500_000, 650_000]
    assert reps[1].skills == ("Managed Network", "Ethernet", "Fiber Internet", "TV")
