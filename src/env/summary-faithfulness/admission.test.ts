import { itReadsMessages } from '../telling.contract.ts';
import { tellsOmission } from './admission.ts';

itReadsMessages(new URL('./', import.meta.url), ({ text }) => tellsOmission(text));
