import { itReadsMessages } from '../telling.contract.ts';
import { tellsPadding } from './admission.ts';

itReadsMessages(new URL('./', import.meta.url), ({ text }) => tellsPadding(text));
