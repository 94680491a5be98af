import { markPlayed } from '../data/api.ts';
import { at, objectAt, textAt } from '../data/json.ts';
import { el } from '../dom/element.ts';
import { icon, pauseIcon, playIcon } from '../dom/icons.ts';
import { notifyError } from '../dom/toast.ts';
import { playTime } from '../text/dates.ts';
import { mediaAddress, missingMedia } from './media.ts';
import type { MessageView } from './view.ts';

const barCount = 40;

/** Bar heights that look like a voice recording, always the same for the same file. */
function barHeights(seed: string): number[] {
	let state = 7;
	for (const character of seed) state = (state * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
	return Array.from({ length: barCount }, (_, index) => {
		state = (state * 1_664_525 + 1_013_904_223) >>> 0;
		const swell = 0.55 + 0.45 * Math.sin((index / barCount) * Math.PI * 3 + (state % 7) / 7);
		return Math.max(0.12, (state / 2 ** 32) * swell);
	});
}

function player(address: string, isVoice: boolean, seed: string, onPlay: () => void): HTMLElement {
	const sound = el('audio', { src: address, preload: 'metadata' });
	const length = el('span', { class: 'player-time' }, ['0:00']);
	const bars = barHeights(seed).map((height) => {
		const bar = el('span', { class: 'player-bar' });
		bar.style.setProperty('height', `${String(Math.round(height * 100))}%`);
		return bar;
	});
	const slider = el('input', {
		type: 'range',
		class: 'player-slider',
		min: 0,
		max: 1000,
		value: 0,
		'aria-label': 'Position',
	});
	const track = isVoice
		? el('div', { class: 'player-track player-voice' }, [...bars, slider])
		: el('div', { class: 'player-track' }, [slider]);
	const button = el('button', { type: 'button', class: 'player-button' });

	const show = (): void => {
		button.replaceChildren(sound.paused ? playIcon() : pauseIcon());
		button.setAttribute('aria-label', sound.paused ? 'Play' : 'Pause');
		const share = sound.duration > 0 ? sound.currentTime / sound.duration : 0;
		slider.value = String(Math.round(share * 1000));
		bars.forEach((bar, index) => bar.classList.toggle('is-played', index / barCount < share));
		length.textContent = playTime(sound.currentTime > 0 ? sound.currentTime : sound.duration);
	};
	for (const event of ['loadedmetadata', 'timeupdate', 'play', 'pause', 'ended']) {
		sound.addEventListener(event, show);
	}
	sound.addEventListener('play', onPlay, { once: true });
	sound.addEventListener('error', () => {
		button.disabled = true;
		length.textContent = 'Not available';
	});
	slider.addEventListener('input', () => {
		if (sound.duration > 0) sound.currentTime = (Number(slider.value) / 1000) * sound.duration;
	});
	button.addEventListener('click', () => {
		if (sound.paused) void sound.play().catch(() => undefined);
		else sound.pause();
	});
	show();
	return el('div', { class: 'player' }, [
		button,
		el('div', { class: 'player-middle' }, [track, length]),
		el(
			'span',
			{ class: `player-badge ${isVoice ? 'player-badge-voice' : ''}`, 'aria-hidden': 'true' },
			[icon(isVoice ? 'microphone' : 'music')],
		),
		sound,
	]);
}

export const audioView: MessageView = {
	draw: ({ body, id, author }) => {
		const media = objectAt(body, 'audio');
		const address = mediaAddress(media);
		const isVoice = at(media, 'voice') === true;
		// Meta only has the status `played` for voice messages.
		const onPlay = (): void => {
			if (isVoice && author === 'business') void markPlayed(id).catch(notifyError);
		};
		return {
			content: [
				address === null
					? missingMedia('music', 'Audio without a URL')
					: player(address, isVoice, textAt(media, 'id') || id, onPlay),
			],
			time: 'line',
		};
	},
	summary: ({ body }) => (at(body, 'audio', 'voice') === true ? '🎤 Voice message' : '🎵 Audio'),
};
