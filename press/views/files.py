"""What is made of one release: the press kit and the picture to share."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from press.models import PressReleasePage
from press.press_kit import write_press_kit
from press.share_images import share_image, share_image_version
from site_core.addresses import find_open_page
from site_core.frame import frame_for
from site_core.media.serving import BROWSER_AGE, SHARED_AGE


@require_safe
def press_kit(request: HttpRequest, where: str) -> HttpResponseBase:
    """Serve everything of a public release as one zip file; a withdrawn one has none."""
    release = find_open_page(PressReleasePage, where)
    if release.withdrawn:
        raise Http404
    release.load_media()
    kit = write_press_kit(release, frame_for(request).organisation)
    response = FileResponse(kit, as_attachment=True, filename=f"{release.slug}.zip")
    patch_cache_control(response, public=True, max_age=SHARED_AGE)
    return response


@require_safe
def share_picture(request: HttpRequest, where: str, version: str) -> HttpResponse:
    """Serve the picture that stands for a public release where it is shared; 404 for any but the present one."""
    release = find_open_page(PressReleasePage, where)
    if version != share_image_version(release):
        raise Http404
    response = HttpResponse(share_image(release, frame_for(request).organisation), content_type="image/png")
    patch_cache_control(response, public=True, max_age=BROWSER_AGE, s_maxage=SHARED_AGE)
    return response
