import { browserNavigation, type Navigation } from './navigation.ts';
import { chatRoute } from './routes.ts';
import { TestWindow } from './test-window.ts';

const start = (path = '/', state: unknown = null): { view: TestWindow; navigation: Navigation } => {
  const view = new TestWindow(path, state);
  return { view, navigation: browserNavigation(view.asWindow()) };
};

/** Opens a dialog as a component does: closing it takes the layer away. */
const openDialog = (navigation: Navigation): { isOpen: () => boolean; close: () => void } => {
  let open = true;
  const leave = navigation.open(() => close());
  const close = () => {
    open = false;
    leave();
  };
  return { isOpen: () => open, close };
};

const conversationOf = ({ route }: Navigation): string | null => {
  const at = route.get();
  return at.name === 'chat' ? at.conversationId : null;
};

test('Back closes the dialog, then the panel, then leaves the conversation', async () => {
  const { view, navigation } = start();
  navigation.go(chatRoute('a'));
  navigation.showPanel('members');
  const dialog = openDialog(navigation);
  await view.settled();
  await view.back();
  expect([dialog.isOpen(), navigation.panel.get(), conversationOf(navigation)]).toEqual([false, 'members', 'a']);
  await view.back();
  expect([navigation.panel.get(), conversationOf(navigation)]).toEqual([null, 'a']);
  await view.back();
  expect(conversationOf(navigation)).toBeNull();
});

test('ten times opened and closed by hand leaves no dead entries', async () => {
  const { view, navigation } = start();
  navigation.go(chatRoute('a'));
  for (let round = 0; round < 10; round++) {
    const dialog = openDialog(navigation);
    await view.settled();
    dialog.close();
    await view.settled();
    navigation.showPanel('search');
    navigation.closePanel();
    await view.settled();
  }
  await view.back();
  expect(conversationOf(navigation)).toBeNull();
});

test('a panel belongs to its conversation: another one shows its messages, and Back shows the panel again', async () => {
  const { view, navigation } = start('/c/a');
  navigation.showPanel('members');
  navigation.go(chatRoute('b'));
  expect(navigation.panel.get()).toBeNull();
  await view.back();
  expect([conversationOf(navigation), navigation.panel.get()]).toEqual(['a', 'members']);
});

test('going elsewhere closes what stands over the page, and Back returns to the place and not to the dialog', async () => {
  const { view, navigation } = start();
  navigation.go(chatRoute('a'));
  const dialog = openDialog(navigation);
  const menu = openDialog(navigation);
  await view.settled();
  navigation.go(chatRoute('b'));
  expect(conversationOf(navigation)).toBe('b');
  await view.settled();
  expect([dialog.isOpen(), menu.isOpen(), view.path]).toEqual([false, false, '/c/b']);
  await view.back();
  expect([conversationOf(navigation), view.path]).toEqual(['a', '/c/a']);
});

test('a menu that gives way to a dialog is one entry', async () => {
  const { view, navigation } = start('/c/a');
  const menu = openDialog(navigation);
  await view.settled();
  const { length } = view;
  menu.close();
  const dialog = openDialog(navigation);
  await view.settled();
  expect(view.length).toBe(length);
  await view.back();
  expect([dialog.isOpen(), conversationOf(navigation)]).toEqual([false, 'a']);
});

test('a page loaded anew over a dialog steps back to its place; over a panel it shows the panel', async () => {
  const before = start('/c/a');
  before.navigation.showPanel('members');
  openDialog(before.navigation);
  await before.view.settled();
  const navigation = browserNavigation(before.view.reloaded());
  await before.view.settled();
  expect([navigation.panel.get(), conversationOf(navigation)]).toEqual(['members', 'a']);
  await before.view.back();
  expect([navigation.panel.get(), conversationOf(navigation)]).toEqual([null, 'a']);
});

test('Forward opens a panel again and never a dialog', async () => {
  const { view, navigation } = start('/c/a');
  navigation.showPanel('search');
  await view.back();
  await view.forward();
  expect(navigation.panel.get()).toBe('search');
  const dialog = openDialog(navigation);
  await view.settled();
  dialog.close();
  await view.settled();
  await view.forward();
  await view.back();
  expect([navigation.panel.get(), view.path]).toEqual([null, '/c/a']);
});

test('a result opened beside the search keeps the panel, and closing that stays at the place', async () => {
  const { view, navigation } = start('/c/a');
  navigation.showPanel('search');
  navigation.goBeside(chatRoute('b', 7));
  expect([view.path, navigation.panel.get()]).toEqual(['/c/b/7', 'search']);
  navigation.closePanel();
  await view.settled();
  expect([view.path, navigation.panel.get()]).toEqual(['/c/b/7', null]);
});

test('a link to a message that gives way to the conversation keeps the panel over it', async () => {
  const { view, navigation } = start('/c/a/7');
  navigation.showPanel('members');
  navigation.replace(chatRoute('a'));
  await view.settled();
  expect([view.path, navigation.panel.get()]).toEqual(['/c/a', 'members']);
  await view.back();
  expect([view.path, navigation.panel.get()]).toEqual(['/c/a', null]);
});

test('a conversation that is gone leaves no entry behind, neither under its panel', async () => {
  const { view, navigation } = start();
  navigation.go(chatRoute('gone'));
  navigation.showPanel('members');
  openDialog(navigation);
  await view.settled();
  navigation.replace(chatRoute(null));
  await view.settled();
  expect([view.path, navigation.panel.get()]).toEqual(['/', null]);
  expect(view.paths).not.toContain('/c/gone');
});

test('up is a step back to the list when the reader came from it, else the list takes the place', async () => {
  const fromList = start();
  fromList.navigation.go(chatRoute('a'));
  fromList.navigation.up(chatRoute(null));
  await fromList.view.settled();
  expect([fromList.view.path, fromList.view.at]).toEqual(['/', 0]);
  const fromLink = start('/c/a');
  fromLink.navigation.up(chatRoute(null));
  await fromLink.view.settled();
  expect(fromLink.view.paths).toEqual(['/']);
});

test('fast hands: steps that overlap with the browser under way are all done, in order', async () => {
  const { view, navigation } = start();
  navigation.go(chatRoute('a'));
  navigation.showPanel('members');
  navigation.closePanel();
  navigation.showPanel('search');
  navigation.closePanel();
  navigation.closePanel();
  navigation.go(chatRoute('b'));
  await view.settled();
  expect([view.path, navigation.panel.get(), conversationOf(navigation)]).toEqual(['/c/b', null, 'b']);
  expect(view.paths).toEqual(['/', '/c/a', '/c/b']);
});

test('the address names the panel, what is searched for and the dialog, and a reload asks for them', async () => {
  const before = start('/c/a');
  before.navigation.showPanel('search');
  before.navigation.keepWords('tea');
  before.navigation.open(() => undefined, 'settings:devices');
  await before.view.settled();
  expect(before.view.address).toBe('/c/a?panel=search&q=tea&dialog=settings%3Adevices');
  const navigation = browserNavigation(before.view.reloaded());
  await before.view.settled();
  expect([navigation.panel.get(), navigation.words.get(), before.view.address]).toEqual(['search', 'tea', '/c/a?panel=search&q=tea']);
  expect([navigation.takeAskedDialog(), navigation.takeAskedDialog()]).toEqual(['settings:devices', null]);
});

test('an address from outside opens its panel and asks for its dialog, which Back then closes', async () => {
  const { view, navigation } = start('/c/a?panel=members&dialog=shortcuts');
  expect([navigation.panel.get(), navigation.takeAskedDialog(), view.address]).toEqual(['members', 'shortcuts', '/c/a?panel=members']);
  let isOpen = true;
  navigation.open(() => (isOpen = false), 'shortcuts');
  await view.settled();
  expect(view.address).toBe('/c/a?panel=members&dialog=shortcuts');
  await view.back();
  expect([isOpen, navigation.panel.get(), view.address]).toEqual([false, 'members', '/c/a?panel=members']);
});

test('a tab of a dialog changes the address and adds no entry', async () => {
  const { view, navigation } = start('/c/a');
  const leave = navigation.open(() => undefined, 'settings:profile');
  await view.settled();
  const { length } = view;
  leave();
  navigation.open(() => undefined, 'settings:devices');
  await view.settled();
  expect([view.length, view.address]).toEqual([length, '/c/a?dialog=settings%3Adevices']);
});

test('a menu over a dialog keeps the dialog in the address', async () => {
  const { view, navigation } = start('/c/a');
  navigation.open(() => undefined, 'status');
  navigation.open(() => undefined);
  await view.settled();
  expect(view.address).toBe('/c/a?dialog=status');
  await view.back();
  expect(view.address).toBe('/c/a?dialog=status');
});
