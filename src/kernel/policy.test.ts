import { authorize, forbid, forReading, isTeamAdmin, notVisible } from './policy.ts';

const codeOf = (ask: () => void): string => {
  try {
    ask();
    return 'allow';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('a refusal is thrown as its error, with its details', () => {
  const errors = [{ path: 'userIds', message: 'one' }];
  expect(() => {
    authorize({ code: 'return_declined', detail: 'They left.', errors });
  }).toThrow(expect.objectContaining({ code: 'return_declined', status: 409, detail: 'They left.', errors }) as Error);
  expect(
    codeOf(() => {
      authorize(notVisible);
    }),
  ).toBe('not_found');
  expect(
    codeOf(() => {
      authorize('allow');
    }),
  ).toBe('allow');
});

test('what a team role alone allows needs its row in the audit log, unless it only reads', () => {
  const answers = [{}, { isAudited: true }].map((context) =>
    codeOf(() => {
      authorize('allow-as-admin', context as { isAudited?: true });
    }),
  );
  expect(answers).toEqual(['forbidden', 'allow']);
  expect([forReading('allow-as-admin'), forReading('allow'), forReading(forbid('No.'))]).toEqual(['allow', 'allow', forbid('No.')]);
});

test('owners and admins run the team', () => {
  expect((['owner', 'admin', 'member', 'guest'] as const).filter((role) => isTeamAdmin({ role }))).toEqual(['owner', 'admin']);
});
