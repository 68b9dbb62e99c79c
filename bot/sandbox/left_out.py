"""What the local Telegram does not do with parameters that the tables know, so that it can say so."""

from typing import Final

REFUSED: Final = frozenset(
    {
        *("business_connection_id", "direct_messages_topic_id", "message_thread_id", "message_effect_id"),
        *("suggested_post_parameters", "rich_message", "allow_paid_broadcast", "certificate"),
        *("live_period", "heading", "proximity_alert_radius"),
        *("thumbnail", "cover", "start_timestamp", "video_start_timestamp"),
        *("quote", "quote_parse_mode", "quote_entities", "quote_position", "checklist_task_id", "poll_option_id"),
    }
)
"""Refused wherever they stand and ask for something: to ignore them would be to say that it was done."""

IGNORED: Final = frozenset(
    {
        "disable_notification",  # nothing here makes a sound
        "disable_content_type_detection",  # a document stays one
        "supports_streaming",  # files come whole
        *("cache_time", "is_personal"),  # every press and query is asked anew
        "revoke_messages",  # who was put out sees nothing of a group
        *("can_post_messages", "can_edit_messages", "can_manage_direct_messages"),  # rights in channels
    }
)
"""Taken, since they change nothing that could be seen here."""
