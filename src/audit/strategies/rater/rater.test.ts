import { describeStrategies } from '../text/catalogue.contract.ts';
import { RATER } from './index.ts';

describeStrategies('class A: attacks on whoever reads the answer', RATER);
