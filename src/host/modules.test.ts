import { countUsers, userCreated } from '../contracts/auth/accounts.ts';

import { countMessages } from '../contracts/chat/messages.ts';
import { areaOf, onLive, onEvent } from '../kernel/bus/bus.ts';
import { defineModule, type ModuleDefinition } from '../kernel/module.ts';
import { modulesWithEcho } from '../../test/harness/echo-module.ts';
import { routes } from '../contracts/registry.ts';
import { LocalRoutes } from '../kernel/routes.ts';
import { calledFirst, definitions, refuseCycles, requireDeclared, requireRoutes } from './modules.ts';

const module = (name: string, calls: ModuleDefinition['needs']['calls']) =>
  defineModule({ name, needs: { calls, kernel: [] }, create: () => ({ implements: [] }) });

test('modules that call each other in a circle are refused by name', () => {
  expect(() => {
    refuseCycles([module('auth', [countMessages]), module('chat', [countUsers])]);
  }).toThrow('auth → chat → auth');
});

test('a module declares the subscribers it has, no more and no fewer', () => {
  const declared = { ...module('chat', []), subscribers: [{ event: userCreated, subscriber: 'chat.greeting' }] };
  const greeting = onEvent(userCreated, 'chat.greeting', () => undefined);
  const hidden = onEvent(userCreated, 'chat.hidden', () => undefined);
  requireDeclared(declared, [greeting, onLive(userCreated, 'chat.live', () => undefined)]);
  expect(() => {
    requireDeclared(declared, [greeting, hidden]);
  }).toThrow('auth.userCreated → chat.hidden');
  expect(() => {
    requireDeclared(declared, []);
  }).toThrow('auth.userCreated → chat.greeting');
});

test('a module answers the routes that it declares', () => {
  const declared = modulesWithEcho().find(({ name }) => name === 'presence')!;
  expect(() => {
    requireRoutes(declared, new LocalRoutes());
  }).toThrow('The module presence declares routes that it does not answer: presence.echo, presence.echoForm, presence.echoAway.');
});

test('every route of the contracts is declared by its module, and no other', () => {
  expect(
    definitions
      .flatMap((definition) => definition.routes ?? [])
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(routes.map(({ name }) => name).toSorted());
});

test('modules stand behind those that they call, and by name where that leaves a choice', () => {
  const order = calledFirst([
    module('notes', [countUsers]),
    module('chat', [countUsers]),
    module('auth', []),
    module('bots', [countMessages]),
  ]);
  expect(order.map(({ name }) => name)).toEqual(['auth', 'chat', 'bots', 'notes']);
});

test('the modules of the app call in one direction', () => {
  refuseCycles(definitions);
  const names = definitions.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(3);
  const late = definitions.flatMap(({ name, needs }) =>
    needs.calls.map((operation) => areaOf(operation.name)).filter((called) => names.indexOf(called) > names.indexOf(name)),
  );
  expect(late).toEqual([]);
});
