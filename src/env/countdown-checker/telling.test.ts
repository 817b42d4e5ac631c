import { itReadsMessages } from '../telling.contract.ts';
import { toldOf } from './telling.ts';

itReadsMessages(new URL('./', import.meta.url), ({ text }) =>
  toldOf(text, ['puzzle.json', 'solution.txt', 'check.py']),
);
