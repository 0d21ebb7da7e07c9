import { sendJson, TestServer } from '../../../__testUtils__/httpServer';
import { HistoryHttp } from '../HistoryHttp';
import { REQUEST_HOSTS } from './__testUtils__/requestHosts';
import { REVIEWS, type TestReview } from './__testUtils__/reviews';
import { isApproved, type Review } from './approval';

describe('isApproved', () => {
  const by = (reviewer: string, ...decisions: Review['decision'][]): Review[] =>
    decisions.map(decision => ({ reviewer, decision }));

  it.each<[string, Review[], boolean]>([
    ['nobody', [], false],
    ['a comment', by('ada', 'none'), false],
    ['one', by('ada', 'approved'), true],
    ['one who comments later', by('ada', 'approved', 'none'), true],
    [
      'one who changes her mind',
      by('ada', 'changes-requested', 'approved'),
      true,
    ],
    ['one who withdraws it', by('ada', 'approved', 'withdrawn'), false],
    [
      'one, against another',
      [...by('ada', 'approved'), ...by('bob', 'changes-requested')],
      false,
    ],
    [
      'one, and another who gave in',
      [
        ...by('bob', 'changes-requested', 'withdrawn'),
        ...by('ada', 'approved'),
      ],
      true,
    ],
  ])('is decided by %s', (_, reviews, expected) => {
    expect(isApproved(reviews)).toBe(expected);
  });
});

describe.each(Object.entries(REQUEST_HOSTS))(
  'approvals on %s',
  (name, host) => {
    const answers = REVIEWS[name];
    let server: TestServer;
    let reviews: TestReview[];

    beforeEach(async () => {
      server = await TestServer.start((request, response) => {
        const isKnown = request.pathname === answers.path;
        sendJson(
          response,
          isKnown ? 200 : 404,
          isKnown ? answers.answer(reviews) : {},
        );
      });
    });
    afterEach(() => server.stop());

    const approved = (number = 7) =>
      host.requests.approved(
        {
          http: HistoryHttp.create(),
          apiUrl: `${server.url}${host.api}`,
          headers: { authorization: 'Bearer t' },
          path: host.path,
        },
        number,
      );

    it.each<[string, TestReview[], boolean]>([
      ['nobody', [], false],
      ['a comment', [{ reviewer: 'ada', decision: 'commented' }], false],
      ['an approval', [{ reviewer: 'ada', decision: 'approved' }], true],
      ['a withdrawn one', [{ reviewer: 'ada', decision: 'withdrawn' }], false],
      [
        'wanted changes',
        [{ reviewer: 'ada', decision: 'changes-requested' }],
        false,
      ],
    ])('are given by %s', async (_, given, expected) => {
      reviews = given;
      expect(await approved()).toBe(expected);
      const [{ headers }] = server.received;
      expect(headers.authorization).toBe('Bearer t');
    });

    it('don’t count against wanted changes, where the host knows them', async () => {
      reviews = [
        { reviewer: 'ada', decision: 'approved' },
        { reviewer: 'bob', decision: 'changes-requested' },
      ];
      expect(await approved()).toBe(name === 'gitlab');
    });

    it('report that the host has no such request', async () => {
      reviews = [];
      await expect(approved(8)).rejects.toMatchObject({ reason: 'not-found' });
    });
  },
);
