"""What all tests begin with."""

import signal

# A shell starts what runs in the background with Ctrl-C ignored, and children inherit that: those of the tests hear it.
signal.signal(signal.SIGINT, signal.default_int_handler)
