import { z } from 'zod';
import { countUsers } from '../contracts/auth/operations.ts';
import { countMessages } from '../contracts/chat/operations.ts';
import { defineModule, type ModuleDefinition } from '../kernel/module.ts';
import { definitions, refuseCycles } from './modules.ts';

const module = (name: string, calls: ModuleDefinition['needs']['calls']) =>
  defineModule({ name, config: z.object({}), needs: { calls }, create: () => ({ implements: [] }) });

test('modules that call each other in a circle are refused by name', () => {
  expect(() => {
    refuseCycles([module('auth', [countMessages]), module('chat', [countUsers])]);
  }).toThrow('auth → chat → auth');
});

test('the modules of the house call in one direction', () => {
  refuseCycles(definitions);
  expect(definitions.map(({ name }) => name)).toEqual(['auth', 'chat', 'presence', 'admin']);
});
