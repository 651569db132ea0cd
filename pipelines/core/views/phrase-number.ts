export {
  phraseBytes,
  phraseChange,
  phraseCount,
  phraseInterval,
  phraseMoney,
  phraseNumber,
  phraseQuantity,
  phraseShare,
} from '../schema/phrase-number.ts';
