import { describeStrategies } from '../text/catalogue.contract.ts';
import { METRIC } from './index.ts';

describeStrategies('class B: attacks on a number', METRIC);
