import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** n8n's older rule set in the flat form: the plugin ships its sets in the old one. */
const n8nBase = (files, set) => ({
	files,
	plugins: { 'n8n-nodes-base': n8nNodesBase },
	rules: n8nNodesBase.configs[set].rules,
});

export default tseslint.config(
	{ ignores: ['dist/', 'node_modules/', '.cache/', 'coverage/', 'screenshots/'] },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			// A number's text is what it says. The rest is named because options replace the preset's.
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{
					allowNumber: true,
					allowAny: false,
					allowBoolean: false,
					allowNever: false,
					allowNullish: false,
					allowRegExp: false,
				},
			],
			'@typescript-eslint/prefer-nullish-coalescing': [
				'error',
				// `||` between texts is meant: an empty one counts as none.
				{ ignorePrimitives: { string: true } },
			],
			// Prettier would spread `() => close()` over three lines.
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'index.ts', 'package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
	},
	{
		files: ['package.json'],
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
	},
	n8nBase(['nodes/**/*.ts'], 'nodes'),
	n8nBase(['credentials/**/*.ts'], 'credentials'),
	{
		files: ['nodes/**/*.ts'],
		rules: {
			// The newer rule set asks for NodeConnectionTypes.Main, these two for the literal.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		},
	},
	{
		// It would write N8n.
		files: ['nodes/WhatsAppCloud/trigger/settings/optionFields.ts'],
		rules: { 'n8n-nodes-base/node-param-display-name-miscased': 'off' },
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			// A community package links to a page; this rule is for n8n's own documentation keys.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			// "Active Token" is a choice and no secret: masked, the editor could not show it. That all
			// secrets are masked is tested in test/unit/credentials.
			'@n8n/community-nodes/credential-password-field': 'off',
		},
	},
	{
		// The files that may open a socket or a file or read the environment; see docs/architecture.md.
		files: [
			'nodes/WhatsAppCloud/graph/http/{http,exchange,openDownload,ownServer}.ts',
			'nodes/WhatsAppCloud/store/**/*.ts',
			'nodes/WhatsAppCloud/node/lazyExpressions.ts',
		],
		rules: {
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
		},
	},
	{
		// Compares addresses with node:net and opens nothing; test/unit/structure allows no more of it.
		files: ['nodes/WhatsAppCloud/graph/http/publicHost.ts'],
		rules: { '@n8n/community-nodes/no-restricted-imports': 'off' },
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			// Asymmetric matchers, such as expect.any(), have the type any.
			'@typescript-eslint/no-unsafe-assignment': 'off',
		},
	},
);
