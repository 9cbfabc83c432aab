"""What holds for every test run, wherever it was started."""

import signal

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts what runs behind so, and every child would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)
