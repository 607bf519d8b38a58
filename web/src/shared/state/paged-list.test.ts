import { nameOrder } from '../format/name-order.ts';
import { sortedPage, pagedList, type Page } from './paged-list.ts';

const pages: Readonly<Record<string, Page<number>>> = {
  first: { items: [1, 2], nextCursor: 'second' },
  second: { items: [3], nextCursor: null },
};
const numbers = () => pagedList((cursor) => Promise.resolve(pages[cursor ?? 'first'] ?? { items: [], nextCursor: null }));

test('pages follow one another until the last', async () => {
  const list = numbers();
  await list.reload();
  expect(list.state.get()).toMatchObject({ items: [1, 2], status: 'ready' });
  await list.more();
  await list.more();
  expect(list.state.get()).toMatchObject({ items: [1, 2, 3], nextCursor: null });
});

test('a failure keeps what was shown', async () => {
  let broken = false;
  const list = pagedList(() => (broken ? Promise.reject(new Error('gone')) : Promise.resolve({ items: [1], nextCursor: 'more' })));
  await list.reload();
  broken = true;
  await list.more();
  expect(list.state.get()).toMatchObject({ items: [1], status: 'failed' });
});

test('what answers an earlier question is not taken for an answer to the next one', async () => {
  const answers: ((page: Page<string>) => void)[] = [];
  const list = pagedList(() => new Promise<Page<string>>((resolve) => answers.push(resolve)));
  const first = list.reload();
  answers[0]?.({ items: [], nextCursor: null });
  await first;
  expect(list.state.get()).toMatchObject({ items: [], status: 'ready' });
  list.outdate();
  expect(list.state.get().status).toBe('loading');
  const second = list.reload();
  list.outdate();
  answers[1]?.({ items: ['of the second question'], nextCursor: null });
  await second;
  expect(list.state.get()).toMatchObject({ items: [], status: 'loading' });
});

test('an answer to an older question is dropped', async () => {
  const answers: ((page: Page<string>) => void)[] = [];
  const list = pagedList(() => new Promise<Page<string>>((resolve) => answers.push(resolve)));
  const slow = list.reload();
  const quick = list.reload();
  answers[1]?.({ items: ['new'], nextCursor: null });
  await quick;
  answers[0]?.({ items: ['old'], nextCursor: null });
  await slow;
  expect(list.state.get().items).toEqual(['new']);
});

test('a page is ordered without another page being touched', () => {
  const page = { items: ['Group 10', 'Group 2'], nextCursor: 'c' };
  expect(sortedPage(page, nameOrder('en'))).toEqual({ items: ['Group 2', 'Group 10'], nextCursor: 'c' });
  expect(page.items).toEqual(['Group 10', 'Group 2']);
});
