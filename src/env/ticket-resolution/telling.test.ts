import { itReadsMessages } from '../telling.contract.ts';
import { toldOf } from './telling.ts';

itReadsMessages(new URL('./', import.meta.url), ({ text, metric }) =>
  toldOf(text, {
    tickets: ['3542.md', '3545.md', '3550.md'],
    measure: metric === true ? ['counted.txt', 'rate.sh'] : null,
  }),
);
