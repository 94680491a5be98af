/** A choice of emoji; the system's own keyboard has the rest. */

import { el } from '../dom/element.ts';
import { closePopover, openPopover } from '../dom/popover.ts';

/** The six that WhatsApp offers first. */
export const quickReactions = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

const groups: [name: string, emoji: string][] = [
	[
		'Faces',
		'😀 😃 😄 😁 😆 😅 😂 🤣 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😋 😛 😜 🤪 🤑 🤗 🤭 🤔 🤐 😐 😏 🙄 😬 😌 😔 😴 😷 🤒 🤕 🥵 🥶 😵 🤯 🤠 🥳 😎 🤓 😕 😟 😮 😲 🥺 😢 😭 😱 😤 😡 🤬 💀 🤡 👻 🤖',
	],
	[
		'Gestures and people',
		'👋 🤚 ✋ 👌 ✌️ 🤞 🤙 👈 👉 👆 👇 👍 👎 ✊ 👏 🙌 🤝 🙏 💪 🧠 👀 👶 🧑 👩 👨 🧓 👮 👷 🧑‍🍳 🧑‍💻 🙋 🤷 🤦 💃 🕺',
	],
	['Hearts', '❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💕 💯 💢 💥 💫 💦 💤 ✨ 🔥 ⭐ 🎉 🎊 🎁'],
	[
		'Nature and food',
		'🐶 🐱 🐭 🦊 🐻 🐼 🦁 🐸 🐵 🐔 🐧 🦉 🦄 🐝 🦋 🌸 🌹 🌻 🌲 🌴 🍀 🌍 🌙 ☀️ 🌈 ☔ ❄️ 🍎 🍊 🍋 🍌 🍉 🍓 🥑 🍕 🍔 🍟 🌮 🍣 🍰 🍪 🍫 ☕ 🍺 🍷',
	],
	[
		'Objects and symbols',
		'⚽ 🏀 🎮 🎵 🎸 📷 💻 📱 📞 💡 📚 ✏️ 📌 📎 🔒 🔑 🛒 💰 💳 📦 🚗 🚕 🚌 🚲 ✈️ 🚀 🏠 🏥 🏖️ ⏰ ✅ ❌ ❓ ❗ ⚠️ ➕ 🇵🇹 🇧🇷 🇺🇸 🇬🇧 🇩🇪 🇪🇸 🇮🇳',
	],
];

/** Opens the emoji picker at a button. */
export function openEmojiPicker(anchor: HTMLElement, onPick: (emoji: string) => void): void {
	const content = groups.flatMap(([name, emoji]) => [
		el('h3', { class: 'emoji-group' }, [name]),
		el(
			'div',
			{ class: 'emoji-grid' },
			emoji.split(' ').map((one) =>
				el('button', { type: 'button', class: 'emoji-button', 'aria-label': one }, [one], {
					click: () => {
						closePopover();
						onPick(one);
					},
				}),
			),
		),
	]);
	openPopover(anchor, 'Emoji', content, 'popover-emoji');
}
