/**
 * Constants that hold the catalogue have all of it in their types. The data dictionary shows it readably; here their
 * docstrings suffice, and for a column what it says about itself. Rules over rows are made by functions, so their inner
 * form is left out too.
 */
import { Comment, Converter, IntrinsicType, ReflectionKind } from 'typedoc';

const OPAQUE = new Set(['Condition', 'DIMENSIONS', 'FACTS', 'ID_KINDS', 'Term']);

export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const kinds = ReflectionKind.Variable | ReflectionKind.TypeAlias;
    for (const reflection of project.getReflectionsByKind(kinds)) {
      const about = aboutOf(reflection.type);
      if (about !== undefined) {
        reflection.comment ??= new Comment([{ kind: 'text', text: about }]);
        simplify(project, reflection, 'Column');
      } else if (OPAQUE.has(reflection.name)) simplify(project, reflection, 'object');
    }
    for (const signature of project.getReflectionsByKind(ReflectionKind.CallSignature)) {
      if (isColumn(signature.type)) simplify(project, signature, 'Column');
    }
  });
}

function simplify(project, reflection, name) {
  project.removeTypeReflections(reflection.type);
  reflection.type = new IntrinsicType(name);
}

/** What a column says about itself, if a type is that of one; its name, where the sentence is not part of the type. */
function aboutOf(type) {
  if (!isColumn(type)) return undefined;
  const literal = (key) => {
    const found = type.declaration.children.find(({ name }) => name === key)?.type;
    return found?.type === 'literal' ? String(found.value) : undefined;
  };
  return literal('about') ?? `The column ${literal('name')}.`;
}

function isColumn(type) {
  const names = type?.declaration?.children?.map(({ name }) => name) ?? [];
  return ['name', 'field', 'type', 'about'].every((name) => names.includes(name));
}
