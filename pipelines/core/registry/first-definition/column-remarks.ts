import { plainName } from './column-name.ts';

const PROTECTED =
  /(^|_)(race|ethnic\w*|gender|sex|religio\w*|nationality|citizenship|disab\w*|marital\w*|marriage|pregnan\w*|sexual_orientation|age|birth_?(date|year|day)|dob|skin\w*|accent|mother_tongue)(_|$)/;
const PERSONAL =
  /(^|_)(e_?mail|phone|telephone|mobile|(first|last|full|user|sur|family)_?name|address|street|ssn|social_security\w*|passport|iban|credit_card|ip(_?addr(ess)?)?)(_|$)/;
const OF_SOMETHING = /(^|_)(id|uuid|guid)$/;
const CODE = /(^|_)(type|class|code|category|cat|zone|precinct|district|group|region|status|cluster|segment|grade|level|id)$/;
const CALENDAR = /(^|_)(hour|hr|weekday|wday|dow|day_of_week|day_of_month|day_of_year|month|mnth|quarter|season|week|week_of_year)$/;
const ANSWER =
  /^(score|prob(a(bility)?)?|p_?hat|confidence|forecast|model_(score|prediction|output))$|^(y_)?(pred|prediction|predicted|hat|proba)(_|$)|_(pred|prediction|predicted|proba|probability)$/;

/** What the name of a column alone suggests. */
export interface NameRemarks {
  readonly isProtected: boolean;
  /** It tells who somebody is. */
  readonly isPersonal: boolean;
  readonly isOfSomething: boolean;
  readonly isCode: boolean;
  readonly isCalendar: boolean;
  /** A model's answer, not what it was asked. */
  readonly isAnswer: boolean;
}

/** What the name of a column alone suggests: a hint for people, and never the only reason to watch or to hide something silently. */
export function nameRemarks(name: string): NameRemarks {
  const plain = plainName(name);
  return {
    isProtected: PROTECTED.test(plain),
    isPersonal: PERSONAL.test(plain),
    isOfSomething: OF_SOMETHING.test(plain),
    isCode: CODE.test(plain),
    isCalendar: CALENDAR.test(plain),
    isAnswer: ANSWER.test(plain),
  };
}
