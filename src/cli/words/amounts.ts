// Numbers, spans and moments read alike on a screen and in a report.
export {
  about,
  between,
  count,
  counted,
  dateTime,
  decimal,
  moment,
  oneOf,
  perSecond,
  span,
  withMoments,
  zoned,
} from '../../model/words/amounts.ts';
