/** THIRD_PARTY.md: what comes with the package, and under which licences. */
import { packagesOfPage } from '../src/api/page-bundle.ts';
import {
  installedPackages,
  isPermissive,
  licenceText,
  packagesNamed,
  type ThirdParty,
} from './licences.ts';

/** @throws Error naming a package whose licence is not known as permissive */
export function thirdParty(): string {
  const installed = installedPackages();
  const builtIn = packagesNamed(packagesOfPage());
  requirePermissive([...installed, ...builtIn]);
  return `# Packages of others

Made by \`npm run docs\` from package-lock.json. A licence that is not known as permissive ends it with an error.

## Installed with synthetic-retail

Required, with what they need in turn:

${table(installed.filter(({ isOptional }) => !isOptional))}

Left out by \`npm install --omit=optional\`; of packages with a binary, npm installs the one for the machine:

${table(installed.filter(({ isOptional }) => isOptional))}

## Built into the page

They are part of the files in \`dist/page\`, so their licences follow.

${table(builtIn)}

${builtIn.map(text).join('\n\n')}
`;
}

function requirePermissive(packages: readonly ThirdParty[]): void {
  for (const { name, version, licence } of packages) {
    if (isPermissive(licence)) continue;
    throw new Error(
      `The licence of ${name}@${version} is "${licence}", which docs/licences.ts doesn't know as permissive: ` +
        'read it, and add it there or do without the package',
    );
  }
}

function table(packages: readonly ThirdParty[]): string {
  const rows = packages.map(
    ({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`,
  );
  return ['| package | version | licence |', '|---|---|---|', ...rows].join('\n');
}

function text(one: ThirdParty): string {
  return `### ${one.name}\n\n\`\`\`\`text\n${licenceText(one)}\n\`\`\`\``;
}
