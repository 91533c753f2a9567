"""Reading opens no connection and asks for no address, whatever the libraries underneath would like."""

import subprocess
import sys

PROGRAM = """
import socket, sys
from datetime import date

def refused(*arguments, **_):
    sys.stderr.write(f"asked the network for {arguments}\\n")
    raise OSError("no network")

socket.socket.connect = socket.getaddrinfo = socket.create_connection = refused
from warledger.core import Document
from warledger.extract import Extractor

record = Extractor.load().extract(Document("d1", "Rebels captured Hama on Friday.", "Example Wire", date(2024, 12, 6)))
print(len(record.claims))
"""


def test_extracting_asks_nothing_of_the_network(tmp_path):
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stderr == ""
    assert done.stdout.strip() == "1"
