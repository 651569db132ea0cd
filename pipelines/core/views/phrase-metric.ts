export { METRIC_WORDS, metricDigits, metricName, phraseEstimate } from '../schema/phrase-metric.ts';
