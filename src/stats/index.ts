/** Intervals, clusters, comparisons, multiplicity and power. docs/statistics.md says what each promises. */
export { type ClusterTotal, clusterMean, clusterTotals } from './clusters.ts';
export { confidenceSequence, type SequenceUnit, sequentialMean, sequentialRate } from './confidence-sequence.ts';
export { type McNemar, mcnemarExact } from './mcnemar.ts';
export { type MeanObservation, mean } from './mean.ts';
export { benjaminiHochberg, holm } from './multiplicity.ts';
export { pairedDifference } from './paired.ts';
export type { PairedObservation } from './pairs.ts';
export { detectableDifference, detectableRate, detectableShift, trialsToSeeOne } from './power.ts';
export { clopperPearson, type Interval, wilson, zeroEventsUpperBound } from './proportion.ts';
export { boundsWarning, type RateObservation, rate } from './rate.ts';
export { differenceOfRates, newcombeDifference } from './unpaired.ts';
export { unpairedTest } from './unpaired-test.ts';
