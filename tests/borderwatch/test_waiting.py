"""A process makes one answer at a time; whoever waited too long for a turn is told when to come back."""

import socket
import threading
import time

import pytest

from borderwatch.operating.waiting import InTurn, since_data_came, waited


def ask(application, path="/incidents/", method="GET", **environ):
    told = {}
    body = application(
        {"REQUEST_METHOD": method, "PATH_INFO": path, **environ}, lambda status, headers: told.update(dict(headers), status=status)
    )
    return told, b"".join(body)


def hello(environ, start_response):
    start_response("200 OK", [])
    return [b"hello"]


def arrived(seconds_ago):
    return {"HTTP_X_REQUEST_START": f"t={time.time() - seconds_ago:.3f}"}


def test_who_waited_too_long_is_told_when_to_come_back():
    told, body = ask(InTurn(hello, 60), **arrived(61))
    assert (told["status"], told["Retry-After"]) == ("503 Service Unavailable", "10") and b"ten seconds" in body
    assert ask(InTurn(hello, 60), **arrived(4))[0]["status"] == "200 OK"


@pytest.mark.parametrize("asked", [{"path": "/admin/"}, {"path": "/healthz"}, {"path": "/incidents/", "method": "POST"}])
def test_editors_and_watchers_are_never_refused(asked):
    assert ask(InTurn(hello, 5), **asked, **arrived(60))[1] == b"hello"


@pytest.mark.parametrize("nonsense", ["t=never", "nan", "inf", "", "t="])
def test_nonsense_from_a_client_keeps_nobody_waiting(nonsense):
    assert not waited({"HTTP_X_REQUEST_START": nonsense}) > 0


def test_answers_are_made_one_at_a_time():
    at_once, most = [], []

    def slow(environ, start_response):
        at_once.append(1)
        most.append(len(at_once))
        time.sleep(0.01)
        at_once.pop()
        start_response("200 OK", [])
        return []

    application = InTurn(slow, 5)
    threads = [threading.Thread(target=ask, args=[application]) for _reader in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]


@pytest.mark.skipif(not hasattr(socket, "TCP_INFO"), reason="only Linux tells")
def test_the_kernel_knows_how_long_a_request_has_waited():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        connection = server.accept()[0]
        with connection:
            client.send(b"GET / HTTP/1.1\r\n\r\n")
            deadline = time.monotonic() + 60
            while since_data_came(connection) < 0.02 and time.monotonic() < deadline:
                time.sleep(0.01)
            assert 0.02 <= waited({"gunicorn.socket": connection}) < 60
