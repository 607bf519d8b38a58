import { middleOf, movedBy, zoomedTo, zoomOf } from './part.ts';

const wide = { width: 400, height: 200 };

test('at first it is the largest square in the middle', () => {
  expect(middleOf(wide)).toEqual({ x: 100, y: 0, edge: 200 });
  expect(middleOf({ width: 201, height: 400 })).toEqual({ x: 0, y: 99, edge: 201 });
});

test('it moves no further than the picture goes', () => {
  expect(movedBy(wide, middleOf(wide), 30, 30)).toEqual({ x: 130, y: 0, edge: 200 });
  expect(movedBy(wide, middleOf(wide), 1_000, -1_000)).toEqual({ x: 200, y: 0, edge: 200 });
});

test('it is magnified about its middle, to no less than 64 pixels', () => {
  const near = zoomedTo(wide, middleOf(wide), 1);
  expect(near).toEqual({ x: 168, y: 68, edge: 64 });
  expect(zoomOf(wide, near)).toBe(1);
  expect(zoomedTo(wide, near, 0)).toEqual(middleOf(wide));
  expect(zoomOf(wide, zoomedTo(wide, middleOf(wide), 0.5))).toBeCloseTo(0.5, 2);
});

test('a corner stays in the picture where it is magnified less', () => {
  const corner = movedBy(wide, zoomedTo(wide, middleOf(wide), 1), 1_000, 1_000);
  expect(zoomedTo(wide, corner, 0)).toEqual({ x: 200, y: 0, edge: 200 });
});

test('a small picture is taken as it is', () => {
  const small = { width: 40, height: 30 };
  expect(zoomedTo(small, middleOf(small), 1)).toEqual({ x: 5, y: 0, edge: 30 });
  expect(zoomOf(small, middleOf(small))).toBe(0);
});
