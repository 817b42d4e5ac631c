import { itReadsMessages } from '../telling.contract.ts';
import { toldOf } from './telling.ts';

itReadsMessages(new URL('./', import.meta.url), ({ text }) => toldOf(text, ['test_plum.py', 'spec.md']));
