import gc
import threading
import weakref

import pytest

from planner.errors import Cancelled, UserProblem
from ui.workers import Runner


def test_a_result_arrives_on_the_gui_thread(qtbot, runner):
    seen = []
    job = runner.run(lambda _job: threading.current_thread(), lambda result: seen.append((result, threading.current_thread())))
    with qtbot.waitSignal(job.ended):
        pass
    worked_on, told_on = seen[0]
    assert worked_on is not threading.main_thread()
    assert told_on is threading.main_thread()


def test_an_error_arrives_as_it_was_raised(qtbot, runner):
    problem = UserProblem("No.", "Because.", "Do this.")

    def work(_job):
        raise problem

    failures = []
    job = runner.run(work, lambda _result: pytest.fail("there is no result"), failures.append)
    with qtbot.waitSignal(job.ended):
        pass
    assert failures == [problem]


def test_a_cancelled_job_reports_no_result(qtbot, runner):
    begun = threading.Event()

    def work(job):
        begun.set()
        while True:
            job.report(0.5, "Working")

    told: list[str] = []
    job = runner.run(work, lambda _result: told.append("done"), lambda _error: told.append("failed"))
    job.cancelled.connect(lambda: told.append("cancelled"))
    assert begun.wait(5)
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert told == ["cancelled"]


def test_work_that_was_over_before_it_heard_of_the_cancel_still_tells_its_result(qtbot, runner):
    begun, gate = threading.Event(), threading.Event()
    told = []
    job = runner.run(lambda _job: (begun.set(), gate.wait(5)), lambda _result: told.append("done"))
    job.cancelled.connect(lambda: told.append("cancelled"))
    assert begun.wait(5)
    job.cancel()
    with qtbot.waitSignal(job.ended):
        gate.set()
    assert told == ["done"]


def test_stop_lets_the_work_come_to_a_good_end(qtbot, runner):
    def work(job):
        while not job.stopping():
            job.report(0.1, "Searching")
        return "the best so far"

    results = []
    job = runner.run(work, results.append)
    with qtbot.waitSignal(job.progressed):
        pass
    with qtbot.waitSignal(job.ended):
        job.stop()
    assert results == ["the best so far"]


def test_progress_and_values_on_the_way_arrive(qtbot, runner):
    def work(job):
        job.report(0.25, "Reading")
        job.tell("a better plan")

    progress, told = [], []
    gate = threading.Event()
    job = runner.run(lambda job: (gate.wait(5), work(job)))
    job.progressed.connect(lambda fraction, text: progress.append((fraction, text)))
    job.told.connect(told.append)
    with qtbot.waitSignal(job.ended):
        gate.set()
    assert progress == [(0.25, "Reading")]
    assert told == ["a better plan"]


def test_reports_that_come_too_fast_are_thinned(qtbot, runner):
    def work(job):
        for number in range(10_000):
            job.report(number / 10_000, "Counting")

    seen = []
    job = runner.run(work)
    job.progressed.connect(lambda fraction, _text: seen.append(fraction))
    with qtbot.waitSignal(job.ended):
        pass
    assert len(seen) < 1000


def test_jobs_of_one_lane_run_one_after_another(qtbot, runner):
    gate = threading.Event()
    order = []
    runner.run(lambda _job: gate.wait(5), lambda _result: order.append("first"), lane="data")
    second = runner.run(lambda _job: None, lambda _result: order.append("second"), lane="data")
    assert len(runner.jobs) == 2
    with qtbot.waitSignal(second.ended):
        gate.set()
    assert order == ["first", "second"]


def test_only_the_latest_of_a_lane_answers(qtbot, runner):
    gate = threading.Event()
    answers = []
    runner.run(lambda _job: gate.wait(5), lambda _result: answers.append("old"), lane="details", latest=True)
    runner.run(lambda _job: None, lambda _result: answers.append("between"), lane="details", latest=True)
    newest = runner.run(lambda _job: None, lambda _result: answers.append("new"), lane="details", latest=True)
    with qtbot.waitSignal(newest.ended):
        gate.set()
    assert answers == ["new"]


def test_a_job_that_is_over_is_let_go_with_all_it_knew(qtbot, runner):
    class Large:
        pass

    def run_one():
        large, told = Large(), []
        job = runner.run(lambda _job: large, told.append)
        job.ended.connect(lambda: told.append(job))  # who listens may know the job
        job.progressed.connect(lambda _fraction, _text: job.cancel())
        with qtbot.waitSignal(job.ended):
            pass
        return weakref.ref(large), weakref.ref(job)

    large, job = run_one()
    runner.run(lambda _job: None)
    qtbot.waitUntil(lambda: not runner.jobs)
    gc.collect()
    assert large() is None
    assert job() is None


def test_what_runs_in_the_background_is_held_until_it_is_released(qtbot, runner):
    seen = []
    runner.hold()
    for text in ("later", "last"):
        runner.run(lambda _job, text=text: text, seen.append, lane="one", background=True)
    now = runner.run(lambda _job: "now", seen.append)
    with qtbot.waitSignal(now.ended):
        pass
    assert seen == ["now"]
    assert len(runner.jobs) == 2
    runner.release()
    qtbot.waitUntil(lambda: not runner.jobs)
    assert seen == ["now", "later", "last"]
    runner.run(lambda _job: "at once", seen.append, background=True)
    qtbot.waitUntil(lambda: seen[-1] == "at once")


def test_shutting_down_cancels_what_runs_and_leaves_no_thread(qtbot):
    runner = Runner()
    begun = threading.Event()
    ended = []

    def work(job):
        begun.set()
        try:
            while True:
                job.report(0.0, "For ever")
        except Cancelled:
            ended.append("cancelled")
            raise

    runner.run(work, label="for ever")
    runner.run(lambda _job: ended.append("waiting ran"), lane="data")
    assert begun.wait(5)
    assert runner.shut_down()
    assert "cancelled" in ended


def test_shutting_down_does_not_wait_for_ever(qtbot):
    runner = Runner()
    gate = threading.Event()
    job = runner.run(lambda _job: gate.wait(20))
    assert not runner.shut_down(patience_s=0.05)
    with qtbot.waitSignal(job.ended):
        gate.set()
