/**
 * The catalogues of tables are constants with the columns of every table in their types, which the data dictionary
 * shows readably; here their docstrings suffice.
 */
import { Converter, IntrinsicType, ReflectionKind } from 'typedoc';

export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const variable of project.getReflectionsByKind(ReflectionKind.Variable)) {
      if (!['DIMENSIONS', 'FACTS'].includes(variable.name)) continue;
      project.removeTypeReflections(variable.type);
      variable.type = new IntrinsicType('object');
    }
  });
}
