import type { HostileProgram } from './hostile.contract.ts';

const py = (source: string): string =>
  `cat > /tmp/hostile.py <<'PYTHON_END'\n${source}\nPYTHON_END\npython3 /tmp/hostile.py`;

/** Programs that a sandbox with Python must survive. Data only. */
export const HOSTILE_PYTHON: readonly HostileProgram[] = [
  {
    name: 'network by Python',
    reason: 'sockets of Python',
    command: py(
      "import socket, urllib.request\nfor host in ('127.0.0.1', '169.254.169.254', 'example.com'):\n    try:\n        s = socket.create_connection((host, 80), timeout=1)\n        print('CONNECTED', host)\n    except Exception as e:\n        print(type(e).__name__)\ntry:\n    print('FETCHED', urllib.request.urlopen('http://example.com', timeout=1).read(10))\nexcept Exception as e:\n    print(type(e).__name__)",
    ),
  },
  { name: 'Python loop', reason: 'a loop in the interpreter', command: py('while True:\n    pass') },
  {
    name: 'Python loop that catches all',
    reason: 'a loop that swallows interrupts',
    command: py(
      'while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass',
    ),
  },
  {
    name: 'Python in C',
    reason: 'one long operation that no interrupt reaches',
    command: py("import re\nprint(re.match(r'(a+)+$', 'a' * 40 + '!'))"),
  },
  { name: 'Python big number', reason: 'one long operation in C', command: py('print(len(str(9 ** 9 ** 8)))') },
  {
    name: 'Python memory',
    reason: 'memory without end',
    command: py('x = []\nwhile True:\n    x.append(bytearray(10_000_000))'),
  },
  {
    name: 'Python recursion',
    reason: 'a stack without end',
    command: py('import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()'),
  },
  {
    name: 'Python os._exit',
    reason: 'an exit past all handlers',
    command: `${py("import os\nprint('x', flush=True)\nos._exit(9)")}; echo $?`,
  },
  { name: 'Python abort', reason: 'a crash of the interpreter', command: `${py('import os\nos.abort()')}; echo $?` },
  {
    name: 'Python kill',
    reason: 'signals to everyone',
    command: py('import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\nos.kill(1, 9)\nos.kill(-1, 9)'),
  },
  { name: 'Python output', reason: 'output without end', command: py("while True:\n    print('x' * 100000)") },
  {
    name: 'Python disk',
    reason: 'a disk without end',
    command: py("f = open('/tmp/big', 'wb')\nwhile True:\n    f.write(b'x' * 1000000)"),
  },
  {
    name: 'Python sparse file',
    reason: 'a file of a terabyte',
    command: py("f = open('/tmp/big', 'wb')\nf.truncate(10 ** 12)\nf.seek(10 ** 12)\nf.write(b'x')"),
  },
  {
    name: 'Python host files',
    reason: "the host's files from Python",
    command: py(
      "import os\nfor p in ('/etc/passwd', '/etc/shadow', 'CANARY_PATH', '/proc/self/environ', '/proc/1/environ', '/host', '/_jb_http/request', '../../../../etc/passwd'):\n    try:\n        print(p, open(p).read())\n    except Exception as e:\n        print(p, type(e).__name__)\nprint(dict(os.environ), os.listdir('/'))",
    ),
  },
  {
    name: 'Python bridges',
    reason: 'bridges from Python to JavaScript or C',
    command: py(
      "for name in ('js', 'pyodide', 'pyodide_js', 'ctypes', '_ctypes', 'jb_http', 'subprocess', 'multiprocessing', 'mmap', '_posixsubprocess'):\n    try:\n        m = __import__(name)\n        print(name, 'imported', getattr(m, 'process', None))\n    except BaseException as e:\n        print(name, type(e).__name__)\nimport os\ntry:\n    print(os.system('id'), os.popen('id').read())\nexcept BaseException as e:\n    print(type(e).__name__)",
    ),
  },
  {
    name: 'Python fork',
    reason: 'processes from Python',
    command: py(
      'import os, threading\ntry:\n    print(os.fork())\nexcept BaseException as e:\n    print(type(e).__name__)\ntry:\n    t = threading.Thread(target=lambda: None)\n    t.start()\nexcept BaseException as e:\n    print(type(e).__name__)',
    ),
  },
  {
    name: 'Python exit hooks',
    reason: 'code that runs as the interpreter ends',
    command: py(
      'import atexit, sys\natexit.register(lambda: [None for _ in iter(int, 1)])\nclass D:\n    def __del__(self):\n        while True: pass\nsys.d = D()',
    ),
  },
  {
    name: 'Python prototype names',
    reason: 'names that are keys of every JavaScript object',
    command: py(
      "import os\nfor n in ('__proto__', 'constructor', 'toString'):\n    os.mkdir('/tmp/' + n)\n    open('/tmp/' + n + '/' + n, 'w').write(n)\n    os.environ[n] = n\nprint(sorted(os.listdir('/tmp')))",
    ),
  },
  {
    name: 'many Pythons',
    reason: 'interpreters in parallel',
    command: 'for i in 1 2 3 4 5 6 7 8; do python3 -c "while True: pass" & done; wait',
  },
  {
    name: 'Python stdin',
    reason: 'waits for a terminal',
    command: py('import sys\nprint(repr(sys.stdin.read()))\nprint(input())'),
  },
];
