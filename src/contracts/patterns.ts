/** What texts may hold, without the schema library: the client library checks by it before it sends. */

// A lone surrogate cannot be stored as UTF-8 and NUL cannot be stored by PostgreSQL: both are refused at the gateway.
export const notStorable = 'must be well-formed Unicode without NUL';
// eslint-disable-next-line no-control-regex
export const withoutNul = /^[^\u0000]*$/;
/** Anything but white space, spelled out: `\\S` is another set in other languages. */
export const visible = /[^\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;
