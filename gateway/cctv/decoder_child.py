"""The child process that decodes pictures, and that anybody may kill.

Started as a file of its own (``python -I decoder_child.py BYTES CPU_SECONDS``): it imports nothing
of the product. On stdin it gets pictures, each as an 8-byte length and the bytes; on stdout it
answers each with ``>BII``: 1, height and width before the BGR pixels, or 0, 0 and the length of a
reason before the reason. Its address space is limited before the codec is loaded, so that a bomb
ends in a failed allocation here and not in the gateway.
"""

import os
import resource
import struct
import sys

_ANSWER = struct.Struct(">BII")


def _confine(address_space: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.environ["OPENCV_IO_MAX_IMAGE_PIXELS"] = "33177600"


def _serve() -> None:
    import cv2  # noqa: PLC0415 - only after the limits stand
    import numpy as np  # noqa: PLC0415

    cv2.setNumThreads(1)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(head := asked.read(8)) == 8:
        data = np.frombuffer(asked.read(struct.unpack(">Q", head)[0]), np.uint8)
        try:
            pixels = cv2.imdecode(data, cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
        except (cv2.error, MemoryError) as failure:
            pixels, reason = None, str(failure).strip().splitlines()[-1:]
        else:
            reason = ["the decoder refused it"]
        if pixels is None:
            text = " ".join(reason).encode()[:500]
            answers.write(_ANSWER.pack(0, 0, len(text)) + text)
        else:
            answers.write(_ANSWER.pack(1, *pixels.shape[:2]))
            answers.write(np.ascontiguousarray(pixels).data)
        answers.flush()


if __name__ == "__main__":
    _confine(int(sys.argv[1]), int(sys.argv[2]))
    _serve()
