"""The program runs in a process of its own: only its output decides."""
import secrets
import subprocess
import sys


def test_double():
    for _ in range(2):
        number = secrets.randbelow(10**9)
        ran = subprocess.run([sys.executable, "-I", "double.py"], input=str(number), capture_output=True, text=True, timeout=20, env={})
        assert ran.stdout.strip() == str(2 * number)
