import type { EntityProblem } from '../locator';
import { englishMessages } from '../messages';
import { describeInstanceError, toInstanceErrorCode } from './instanceErrors';
import { describeProblem } from './problems';

const TAGS = 'aws.amazon.com/amazon-ecr-tags';
const ADVICE = {
  code: 'advice.write-tags',
  parameters: { annotation: TAGS },
} as const;

describe('describeProblem', () => {
  it.each<[EntityProblem, string]>([
    [
      {
        code: 'too-many',
        parameters: { annotation: TAGS, entries: '21', limit: '20' },
        advice: ADVICE,
      },
      `${TAGS} has 21 entries; only the first 20 are used`,
    ],
    [
      {
        code: 'applications-withheld',
        parameters: { total: '1' },
        advice: ADVICE,
      },
      "Applications that match the annotations but aren't shown, because nothing proves that the entity owns them: 1",
    ],
    [
      {
        code: 'tags-malformed',
        parameters: {
          annotation: TAGS,
          faults: [
            { code: 'fault.tag-without-value', parameters: { tag: 'team' } },
            { code: 'fault.tag-without-key', parameters: { tag: '=x' } },
          ],
        },
        advice: ADVICE,
      },
      `${TAGS} can't be used: 'team' has no equals sign; '=x' has no key`,
    ],
  ])('adds the sentences of %j', (problem, message) => {
    expect(describeProblem(problem)).toEqual({
      ...problem,
      message,
      advice: {
        ...ADVICE,
        message: `Write ${TAGS} as key=value, several with commas between them`,
      },
    });
  });

  it('adds the sentence of the detail', () => {
    expect(
      describeProblem({
        code: 'read-failed',
        parameters: { repository: 'registry.example.com/shop/api' },
        advice: { code: 'advice.permit-reading', parameters: {} },
        detail: {
          code: 'detail.reported',
          parameters: { message: 'AccessDeniedException' },
        },
      }),
    ).toMatchObject({
      message: "registry.example.com/shop/api couldn't be read",
      detail: { code: 'detail.reported', message: 'AccessDeniedException' },
    });
  });
});

describe('describeInstanceError', () => {
  it.each(Object.entries(englishMessages.instance))(
    'has the sentence of %s, and the report only in the detail',
    (code, sentence) => {
      const report = 'https://argocd.internal refused the connection';
      expect(describeInstanceError(toInstanceErrorCode(code), report)).toEqual({
        code,
        parameters: {},
        message: sentence,
        detail: {
          code: 'detail.reported',
          parameters: { message: report },
          message: report,
        },
      });
    },
  );
});

describe('toInstanceErrorCode', () => {
  it.each([null, '', 'toString', 'of another release'])(
    'is unknown for %p',
    text => {
      expect(toInstanceErrorCode(text)).toBe('unknown');
    },
  );
});
