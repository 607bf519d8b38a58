import * as areas from './areas.ts';
import type { EventDeclaration, Frame, Operation, Route } from './define.ts';

const declared: readonly unknown[] = Object.values(areas).flatMap((area) => Object.values(area) as unknown[]);

const ofKind = (kind: string): readonly unknown[] =>
  declared.filter((entry) => typeof entry === 'object' && entry !== null && 'kind' in entry && entry.kind === kind);

/** Every operation of the app, by area and name. */
export const operations = ofKind('operation') as readonly Operation[];

/** Every route of the app, by area and name. */
export const routes = ofKind('route') as readonly Route[];

/** Every event of the app, by area and name. */
export const events = ofKind('event') as readonly EventDeclaration[];

/** Every frame that the gateway sends or takes by itself. */
export const frames = ofKind('frame') as readonly Frame[];

export const operationNamed: ReadonlyMap<string, Operation> = new Map(operations.map((operation) => [operation.name, operation]));
