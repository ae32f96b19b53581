/** Whether the long tests run as well: `npm run test:long`. */
export const IS_LONG = process.env.SIM_TEST_LONG === '1';
