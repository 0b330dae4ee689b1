"""Questions doctors ask of their own accord: medical inquiries with signature and reply, and standing requests.

May use the directory and the taxonomy below. A visit stands above and knows an inquiry by its id.
"""
