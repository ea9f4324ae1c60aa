// Wagtail's date picker, in filters and reports, puts today's date in place of text that it can't read. It must not.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
