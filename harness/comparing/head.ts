import type { Observation, ReadAnswer } from '../answers/observation.ts';
import { headerValues } from '../http/answer.ts';
import type { AnswerTally } from '../judging/answer-tally.ts';
import type { Observations } from '../judging/observations.ts';
import { overAnswers } from '../judging/over-answers.ts';
import { isOutOfService, isSilenced } from '../judging/silence.ts';
import { blockedBy, conforms, departs } from '../judging/tally.ts';
import { ofAnswer, type Verdict, value, words } from '../judging/verdict.ts';
import { headOfList } from '../probes/probe.ts';

/** Whether HEAD is answered as RFC 9110 section 9.3.2 says, or refused as section 15.5.6 says (clause `head`). */
export function judgeHead(observations: Observations): Verdict {
  const head = observations.of(headOfList.key);
  return overAnswers(observations, head ? [head] : [], (answer) => {
    if (isSilenced(observations, answer)) return blockedBy('envelope.status');
    if (answer.kind === 'failure') {
      return departs(ofAnswer(answer, 'an answer to HEAD', words(`no answer: ${answer.cause.message}`)));
    }
    const { status, rawHeaders, body } = answer;
    if (status >= 500) {
      if (isOutOfService(observations, answer)) return blockedBy('envelope.status');
      return departs(ofAnswer(answer, 'no status 5xx', value(status)));
    }
    if (status === 405 && headerValues(rawHeaders, 'allow').length === 0) {
      return departs(ofAnswer(answer, 'an Allow header beside status 405', words('none')));
    }
    if (status !== 200) return conforms;
    if (body.size > 0) return departs(ofAnswer(answer, 'no body', words(`a body of ${body.size} bytes`)));
    return judgeType(observations, answer);
  });
}

/** HEAD has the Content-Type that GET has. */
function judgeType({ fullLists }: Observations, head: Observation & ReadAnswer): AnswerTally {
  const list = fullLists.find((each) => each.kind === 'answer' && each.status === 200);
  if (list?.kind !== 'answer') return blockedBy('envelope.status');
  const [ofList, ofHead] = [list, head].map(({ rawHeaders }) => headerValues(rawHeaders, 'content-type')[0]);
  if (ofList === undefined) return blockedBy('envelope.content-type');
  if (ofHead !== undefined && comparableType(ofHead) === comparableType(ofList)) return conforms;
  const expected = 'the Content-Type that GET gets for the list';
  return departs(ofAnswer(head, expected, ofHead === undefined ? words('none') : value(ofHead)));
}

/** A media type in which letter case and blanks make no difference. */
function comparableType(contentType: string): string {
  return contentType.toLowerCase().replace(/\s+/g, '');
}
