<?php
/**
 * Plugin Name: Reprint Canonical
 * Description: Lets articles that arrive from Reprint name their original as the canonical address, and finds them again.
 * Version: 1.0
 * Requires at least: 5.6
 * Requires PHP: 7.4
 * License: GPL-3.0-or-later
 *
 * For a partner who wants search engines to be led to the original. Install it like any plug-in, or put the
 * file into wp-content/mu-plugins. It adds three post fields to the REST API and nothing else.
 */

defined( 'ABSPATH' ) || exit;

add_action(
	'init',
	function () {
		foreach ( array( 'reprint_id', 'reprint_canonical', 'reprint_licence' ) as $key ) {
			register_post_meta(
				'post',
				$key,
				array(
					'type'              => 'string',
					'single'            => true,
					'show_in_rest'      => true,
					'sanitize_callback' => 'reprint_id' === $key ? 'sanitize_text_field' : 'esc_url_raw',
					'auth_callback'     => function () {
						return current_user_can( 'edit_posts' );
					},
				)
			);
		}
	}
);

add_filter(
	'get_canonical_url',
	function ( $url, $post ) {
		$original = get_post_meta( $post->ID, 'reprint_canonical', true );

		return $original ? $original : $url;
	},
	10,
	2
);
