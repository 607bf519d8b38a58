import * as adminEvents from './admin/events.ts';
import * as adminOperations from './admin/operations.ts';
import * as authEvents from './auth/events.ts';
import * as authOperations from './auth/operations.ts';
import * as chatEvents from './chat/events.ts';
import * as chatOperations from './chat/operations.ts';
import * as connectionEvents from './connections/events.ts';
import type { EventDeclaration, Operation } from './define.ts';
import * as nodeEvents from './nodes/events.ts';
import * as presenceEvents from './presence/events.ts';
import * as presenceOperations from './presence/operations.ts';

const ofKind = (kind: string, rooms: readonly object[]): readonly unknown[] =>
  rooms.flatMap((room) => Object.values(room) as unknown[]).filter((entry) => isKind(entry, kind));

const isKind = (entry: unknown, kind: string): boolean =>
  typeof entry === 'object' && entry !== null && 'kind' in entry && entry.kind === kind;

/** Every operation of the app, in the order of its areas. */
export const operations = ofKind('operation', [
  authOperations,
  chatOperations,
  presenceOperations,
  adminOperations,
]) as readonly Operation[];

/** Every event of the app. */
export const events = ofKind('event', [
  authEvents,
  chatEvents,
  presenceEvents,
  connectionEvents,
  nodeEvents,
  adminEvents,
]) as readonly EventDeclaration[];

export const operationNamed: ReadonlyMap<string, Operation> = new Map(operations.map((operation) => [operation.name, operation]));
