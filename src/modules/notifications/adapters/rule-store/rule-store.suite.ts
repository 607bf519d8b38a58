import { newId } from '../../../../kernel/ids.ts';
import { ruleChanged } from '../../../../contracts/notifications/rules.ts';
import type { RuleChange, RuleStore } from '../../ports.ts';

const set = (rules: RuleStore, userId: string, conversationId: string, change: RuleChange) =>
  rules.set(userId, conversationId, change, (rule) => ({ event: ruleChanged, payload: { userId, rule } }));

const evening = '2026-01-31T18:00:00.000Z';

/** What every store of rules must do. */
export function ruleStoreSuite(create: () => RuleStore): void {
  test('what is not named of a rule stays', async () => {
    const [rules, userId, conversationId] = [create(), newId(), newId()];
    expect(await set(rules, userId, conversationId, { level: 'all' })).toEqual({ conversationId, level: 'all', mutedUntil: null });
    expect(await set(rules, userId, conversationId, { mutedUntil: evening })).toEqual({
      conversationId,
      level: 'all',
      mutedUntil: evening,
    });
    expect(await set(rules, userId, conversationId, { level: null })).toEqual({ conversationId, level: null, mutedUntil: evening });
    expect(await rules.of(userId)).toEqual([{ conversationId, level: null, mutedUntil: evening }]);
  });

  test('a rule that says nothing any more is not kept', async () => {
    const [rules, userId, conversationId] = [create(), newId(), newId()];
    await set(rules, userId, conversationId, { level: 'nothing' });
    expect(await set(rules, userId, conversationId, { level: null })).toEqual({ conversationId, level: null, mutedUntil: null });
    expect(await rules.of(userId)).toEqual([]);
  });

  test('rules are found by conversation, those of everybody', async () => {
    const [rules, first, second] = [create(), newId(), newId()];
    const [lunch, work] = [newId(), newId()];
    await set(rules, first, lunch, { level: 'all' });
    await set(rules, second, lunch, { level: 'nothing' });
    await set(rules, second, work, { level: 'all' });
    const found = await rules.in([lunch]);
    expect(new Map(found.map(({ userId, level }) => [userId, level]))).toEqual(
      new Map([
        [first, 'all'],
        [second, 'nothing'],
      ]),
    );
  });

  test('rules of a conversation are forgotten, of one person or of all', async () => {
    const [rules, first, second, lunch] = [create(), newId(), newId(), newId()];
    await set(rules, first, lunch, { level: 'all' });
    await set(rules, second, lunch, { level: 'nothing' });
    await rules.forget(lunch, first);
    expect((await rules.in([lunch])).map(({ userId }) => userId)).toEqual([second]);
    await rules.forget(lunch);
    expect(await rules.in([lunch])).toEqual([]);
  });
}
