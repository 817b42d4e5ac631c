import { itReadsMessages } from '../telling.contract.ts';
import { tellsOverFlagging } from './admission.ts';

itReadsMessages(new URL('./', import.meta.url), ({ text }) => tellsOverFlagging(text));
