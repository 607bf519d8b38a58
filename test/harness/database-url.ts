/** A PostgreSQL server to run the tests on in place of the embedded one; its role must be allowed to create databases. */
export const ownServerVariable = 'CONFAB_TEST_DATABASE_URL';
/** From the set-up to the workers. */
export const urlVariable = 'CONFAB_TEST_SERVER';
export const templateVariable = 'CONFAB_TEST_TEMPLATE';
export const templateName = 'confab_template';
