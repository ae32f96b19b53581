/** `node --import tests/package/hide.mjs`: the packages that SIM_TEST_HIDDEN names, in JSON, are not to be found. */
import { register } from 'node:module';
import process from 'node:process';

const hidden = JSON.stringify(JSON.parse(process.env.SIM_TEST_HIDDEN ?? '[]'));
const hooks = `
  const hidden = ${hidden};
  export async function resolve(specifier, context, next) {
    if (hidden.some((name) => specifier === name || specifier.startsWith(name + '/'))) {
      const error = new Error("Cannot find package '" + specifier + "'");
      throw Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
    }
    return next(specifier, context);
  }
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
