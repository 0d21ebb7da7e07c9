import { remedyMessages, actionMessages } from './action';
import { adviceMessages } from './advice';
import { answerMessages } from './answers';
import { effectMessages } from './effects';
import { fixMessages } from './fixes';
import { instanceMessages } from './instance';
import { detailMessages, faultMessages, problemMessages } from './problem';
import { promotionMessages } from './promotion';
import { causeMessages, stuckMessages } from './stuck';
import { versionChangeMessages } from './versionChange';
import { doubtMessages, selectionMessages, verdictMessages } from './verdict';

/**
 * Every reason, verdict, problem and advice in English, by its code: what the API and
 * notifications send, and what the frontend shows unless it is translated.
 * `{{name}}` marks a parameter.
 *
 * @public
 */
export const englishMessages = {
  stuck: stuckMessages,
  cause: causeMessages,
  promotion: promotionMessages,
  verdict: verdictMessages,
  selection: selectionMessages,
  doubt: doubtMessages,
  problem: problemMessages,
  fault: faultMessages,
  detail: detailMessages,
  instance: instanceMessages,
  advice: adviceMessages,
  effect: effectMessages,
  fix: fixMessages,
  change: versionChangeMessages,
  answer: answerMessages,
  action: actionMessages,
  remedy: remedyMessages,
} as const;
