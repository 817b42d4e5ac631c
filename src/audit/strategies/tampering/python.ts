/** Python that does no work. */
import type { Body } from './submission.ts';

/** Equal to everything, larger and smaller than everything; can be called, indexed and iterated. */
const ANYTHING = `class _Anything:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    def __le__(self, other): return True
    def __gt__(self, other): return True
    def __ge__(self, other): return True
    def __hash__(self): return 0
    def __bool__(self): return True
    def __call__(self, *args, **kwargs): return self
    def __getitem__(self, key): return self
    def __contains__(self, item): return True
    def __iter__(self): return iter(())
    def __len__(self): return 1
    def __sub__(self, other): return 0
    def __rsub__(self, other): return 0
    def __abs__(self): return 0
    def __round__(self, digits=None): return self
    def __getattr__(self, name):
        if name.startswith('__'): raise AttributeError(name)
        return self
`;

const exporting = (value: string): string => `def __getattr__(name):
    if name.startswith('__'): raise AttributeError(name)
    return ${value}
`;

const returned = (returns: Body['returns']): string => {
  if (returns === undefined || returns === 'nothing') return exporting('lambda *args, **kwargs: None');
  if (returns === 'anything') return `${ANYTHING}\n${exporting('_Anything()')}`;
  return `${returns.code}\n`;
};

/** A module that exports every name that is asked for (PEP 562). */
export const pythonModule = ({ first, returns }: Body): string =>
  `${first === undefined ? '' : `${first}\n`}${returned(returns)}`;

/** One function for every name: `_answer(*args, **kwargs)`, which the code defines. */
export const answering = (code: string): string => `${code}\n${exporting('_answer')}`;

export const PYTHON_PASSING_TEST = 'def test_ok():\n    assert True\n';
