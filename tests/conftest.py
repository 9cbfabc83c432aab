"""What holds for every test run, wherever it was started."""

import signal

from hypothesis import HealthCheck, settings

settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
settings.load_profile("anywhere")
"""No test fails for its time: on a busy machine any of them may take long."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts what runs behind so, and every child would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)
