// Numbers, spans and moments read alike on a screen and in a report.
export { about, count, counted, decimal, moment, perSecond, span } from '../../model/words/amounts.ts';
