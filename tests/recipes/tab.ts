/** A tab of the page: what this program is. */
import type { Recipe } from './recipe.ts';

export const TAB: Recipe = {
  title: 'A page tab',
  places: [
    {
      file: 'src/page/about/about-tab.tsx',
      edits: [
        {
          create: `/** What this program is. */
export function AboutTab() {
  return (
    <div class="page">
      <header>
        <h1>About</h1>
        <p>A simulated retail network.</p>
      </header>
    </div>
  );
}
`,
        },
      ],
      guard: { types: /shell\.tsx.*'\.\/about\/about-tab\.tsx'/ },
    },
    {
      file: 'src/page/lib/router.ts',
      edits: [
        {
          after: "  { id: 'config', label: 'Config', icon: 'config' },\n",
          insert: "  { id: 'about', label: 'About', icon: 'about' },\n",
        },
      ],
      guard: { types: /shell\.tsx.*'"about"' is not comparable/ },
    },
    {
      file: 'src/page/shell.tsx',
      edits: [
        {
          before: "import { ConfigTab } from './config/config-tab.tsx';\n",
          insert: "import { AboutTab } from './about/about-tab.tsx';\n",
        },
        {
          after: '      return <ConfigTab />;\n',
          insert: "    case 'about':\n      return <AboutTab />;\n",
        },
      ],
      guard: { types: /shell\.tsx.*lacks ending return statement/ },
    },
    {
      file: 'src/page/ui/icon.tsx',
      edits: [
        {
          after: 'const PATHS = {\n',
          insert: "  about: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9v5M10 6.5h.01',\n",
        },
      ],
      guard: { types: /shell\.tsx.*"about".*is not assignable/ },
    },
    {
      file: 'tests/browser/a-day.ts',
      edits: [{ replace: "'realtime', 'config'];", by: "'realtime', 'config', 'about'];" }],
      guard: {
        test: 'tests/page/tabs.test.ts',
        name: 'the tests of the page look at every tab',
        says: 'about',
      },
    },
  ],
};
