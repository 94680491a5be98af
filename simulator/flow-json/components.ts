/** What a component of a screen must and may have, besides `type` and `visible`. */
interface Component {
	required: readonly string[];
	optional: readonly string[];
	/** It answers under its name. */
	isInput: boolean;
}

const shows = (required: readonly string[], optional: readonly string[] = []): Component => ({
	required,
	optional,
	isInput: false,
});

const asks = (required: readonly string[], optional: readonly string[] = []): Component => ({
	required: ['name', 'label', ...required],
	optional: ['description', 'enabled', 'error-message', 'init-value', 'required', ...optional],
	isInput: true,
});

const text = shows(['text'], ['font-weight', 'strikethrough', 'markdown']);
const selection = ['on-select-action', 'on-unselect-action'];
const choice = asks(['data-source'], [...selection, 'media-size']);
const manyChoice = asks(
	['data-source'],
	[...selection, 'max-selected-items', 'min-selected-items', 'media-size'],
);
const helper = ['helper-text'];

/**
 * The components of screens.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/components
 */
export const components: ReadonlyMap<string, Component> = new Map([
	['TextHeading', text],
	['TextSubheading', text],
	['TextBody', text],
	['TextCaption', text],
	['RichText', text],
	[
		'TextInput',
		asks([], [...helper, 'input-type', 'pattern', 'min-chars', 'max-chars', 'label-variant']),
	],
	['TextArea', asks([], [...helper, 'max-length', 'label-variant'])],
	['CheckboxGroup', manyChoice],
	['ChipsSelector', manyChoice],
	['RadioButtonsGroup', choice],
	['Dropdown', choice],
	[
		'DatePicker',
		asks([], [...helper, 'min-date', 'max-date', 'unavailable-dates', 'on-select-action']),
	],
	[
		'CalendarPicker',
		asks(
			[],
			[
				...helper,
				'title',
				'mode',
				'min-date',
				'max-date',
				'unavailable-dates',
				'include-days',
				'min-days',
				'max-days',
				'on-select-action',
			],
		),
	],
	['OptIn', asks([], ['on-click-action', ...selection])],
	[
		'PhotoPicker',
		asks([], ['photo-source', 'max-file-size-kb', 'min-uploaded-photos', 'max-uploaded-photos']),
	],
	[
		'DocumentPicker',
		asks(
			[],
			[
				'max-file-size-kb',
				'min-uploaded-documents',
				'max-uploaded-documents',
				'allowed-mime-types',
			],
		),
	],
	['EmbeddedLink', shows(['text', 'on-click-action'])],
	[
		'Footer',
		shows(
			['label', 'on-click-action'],
			['enabled', 'left-caption', 'center-caption', 'right-caption'],
		),
	],
	['Image', shows(['src'], ['width', 'height', 'scale-type', 'aspect-ratio', 'alt-text'])],
	['ImageCarousel', shows(['images'], ['aspect-ratio', 'scale-type'])],
	[
		'NavigationList',
		shows(
			['name', 'list-items'],
			['label', 'description', 'media-size', 'max-items', 'on-click-action'],
		),
	],
	['Form', shows(['name', 'children'], ['init-values', 'error-messages'])],
	['If', shows(['condition', 'then'], ['else'])],
	['Switch', shows(['value', 'cases'])],
]);

/** Properties that hold an action. */
export const actionProperties: readonly string[] = ['on-click-action', ...selection];
